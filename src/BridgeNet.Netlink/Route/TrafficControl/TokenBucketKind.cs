using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// A token bucket: packets leave at no more than a rate, but for a burst after a pause. A packet that is larger than the burst is
/// dropped, unless it can be cut into segments that are not.
/// </summary>
public sealed record TokenBucketKind : QdiscKind
{
    internal const string KindName = "tbf";

    /// <summary>PSCHED_SHIFT of include/net/pkt_sched.h: a tick has 2^6 ns.</summary>
    private const ulong NanosecondsPerTick = 64;

    private const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>A bucket, to be filled in by an initializer.</summary>
    public TokenBucketKind()
        : base(KindName)
    {
    }

    [SetsRequiredMembers]
    internal TokenBucketKind(AttributeList options)
        : base(KindName)
    {
        TcTokenBucketOptions? parameters = null;
        ulong? rate = null;
        uint? burst = null;
        foreach (AttributeReader attribute in options)
        {
            switch (attribute.Type)
            {
                case TcaTokenBucket.Parameters: parameters = attribute.ReadStruct<TcTokenBucketOptions>(); break;
                case TcaTokenBucket.Rate64: rate = attribute.ReadUInt64(); break;
                case TcaTokenBucket.Burst: burst = attribute.ReadUInt32(); break;
                default: break;
            }
        }
        TcTokenBucketOptions read = parameters ?? throw new NetlinkFormatException("a token bucket has no TCA_TBF_PARMS");
        Rate = rate ?? read.Rate.Rate;
        Burst = burst ?? BytesOf(read.Buffer, Rate);
        Limit = read.Limit;
    }

    /// <summary>How much may leave, in bytes per second; from 1.</summary>
    public required ulong Rate { get; init; }

    /// <summary>
    /// How much may leave at once after a pause, in bytes; from 1, and better not less than the link's largest packet with its Ethernet
    /// header. The kernel gives it back as a time: some bytes are lost, and of a time beyond 274 s all meaning.
    /// </summary>
    public required uint Burst { get; init; }

    /// <summary>
    /// The burst as a time, in ticks of 64 ns, which the kernel then keeps to the tick instead of computing it from <see cref="Burst"/>. Null leaves
    /// it to the kernel. Only written.
    /// </summary>
    public uint? BurstTicks { get; init; }

    /// <summary>The most bytes that may wait; further packets are dropped.</summary>
    public required uint Limit { get; init; }

    internal override void WriteOptions(NetlinkWriter writer)
    {
        using (writer.Nest(Tca.Options))
        {
            TcTokenBucketOptions parameters = new()
            {
                Rate = new TcRateSpecification { LinkLayer = TcValue.EthernetLinkLayer, Rate = (uint)Math.Min(Rate, uint.MaxValue) },
                Limit = Limit,
                Buffer = BurstTicks ?? TicksOf(Burst, Rate),
            };
            MemoryMarshal.Write(writer.Attribute(TcaTokenBucket.Parameters, Unsafe.SizeOf<TcTokenBucketOptions>()), parameters);
            writer.WriteOptional(TcaTokenBucket.Burst, BurstTicks is null ? Burst : null);
            if (Rate > uint.MaxValue)
            {
                writer.WriteUInt64(TcaTokenBucket.Rate64, Rate);
            }
        }
    }

    private static uint TicksOf(uint bytes, ulong rate) =>
        rate == 0 ? 0 : (uint)UInt128.Min((UInt128)bytes * NanosecondsPerSecond / rate / NanosecondsPerTick, uint.MaxValue);

    private static uint BytesOf(uint ticks, ulong rate) =>
        (uint)UInt128.Min(((UInt128)ticks * NanosecondsPerTick * rate + NanosecondsPerSecond / 2) / NanosecondsPerSecond, uint.MaxValue);
}
