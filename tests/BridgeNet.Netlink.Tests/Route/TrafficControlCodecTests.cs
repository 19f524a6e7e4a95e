using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;
using CsCheck;

namespace BridgeNet.Netlink.Tests;

public sealed class TrafficControlCodecTests
{
    [Fact]
    public void A_queueing_discipline_reads_back_as_it_was_written() =>
        TrafficControlGens.Qdisc.Sample(qdisc => ReadQdisc(writer => qdisc.Write(writer)).Should().Be(qdisc));

    [Fact]
    public void A_filter_reads_back_as_it_was_written() =>
        TrafficControlGens.Filter.Sample(filter => ReadFilter(writer => filter.Write(writer)).Should().Be(filter));

    [Fact]
    public void A_deletion_names_the_kind_and_says_no_more()
    {
        TrafficFilter filter = new() { LinkIndex = 3, Priority = 100, RedirectTo = 9 };
        Qdisc qdisc = new() { LinkIndex = 3, Kind = new GenericQdiscKind("fq", new byte[8]) };

        ReadFilter(writer => filter.Write(writer, isDeletion: true)).Should().Be(filter with { RedirectTo = null });
        ReadQdisc(writer => qdisc.Write(writer, isDeletion: true)).Should().Be(qdisc with { Kind = new GenericQdiscKind("fq") });
    }

    /// <summary>The kernel gives a burst back as the time that it takes, in ticks of 64 ns.</summary>
    [Theory]
    [InlineData(1_000_000, 1_024_000, 65_536)]
    [InlineData(125, 1_875_000_000, 15_000)]
    [InlineData(5_000_000_000, 3_277, 1_048_640)]
    [InlineData(ulong.MaxValue, uint.MaxValue, uint.MaxValue)]
    [InlineData(0, 7, 0)]
    public void A_burst_that_is_a_time_is_read_as_bytes(ulong rate, uint ticks, uint bytes) =>
        ReadQdisc(writer =>
        {
            writer.WriteHeader(default(Tcmsg));
            writer.WriteString(Tca.Kind, "tbf");
            using (writer.Nest(Tca.Options))
            {
                TcTokenBucketOptions options = new() { Rate = new() { Rate = (uint)Math.Min(rate, uint.MaxValue) }, Buffer = ticks };
                MemoryMarshal.Write(writer.Attribute(TcaTokenBucket.Parameters, Unsafe.SizeOf<TcTokenBucketOptions>()), options);
                writer.WriteUInt64(TcaTokenBucket.Rate64, rate);
            }
        }).Kind.Should().BeOfType<TokenBucketKind>().Which.Burst.Should().Be(bytes);

    /// <summary>A filter that is not for every packet, does something else, or is not u32 is no redirection.</summary>
    [Theory]
    [InlineData("u32", 3, 0u, TcValue.RedirectToEgress, TcValue.Stolen, 9)]
    [InlineData("u32", 8, 0u, TcValue.RedirectToEgress, TcValue.Stolen, null)]
    [InlineData("u32", 3, 1u, TcValue.RedirectToEgress, TcValue.Stolen, null)]
    [InlineData("u32", 3, 0u, 2, TcValue.Stolen, null)]
    [InlineData("u32", 3, 0u, TcValue.RedirectToEgress, 3, null)]
    [InlineData("bpf", 3, 0u, TcValue.RedirectToEgress, TcValue.Stolen, null)]
    public void Only_a_redirection_of_every_packet_is_read_as_one(string kind, byte protocol, uint mask, int transfer, int action, int? target)
    {
        byte[] payload = Datagram.Payload(writer => new TrafficFilter { LinkIndex = 3, Priority = 1, RedirectTo = 9, Kind = kind }.Write(writer));
        Span<byte> bytes = payload;
        int mirror = bytes.IndexOf("mirred"u8) + 8 + 8; // the name padded, the headers of two attributes
        int key = bytes.Length - Unsafe.SizeOf<TcU32Key>();
        bytes[Marshal.OffsetOf<Tcmsg>(nameof(Tcmsg.Information)).ToInt32() + 1] = protocol;
        MemoryMarshal.Write(bytes[key..], mask);
        MemoryMarshal.Write(bytes[(mirror + Marshal.OffsetOf<TcMirror>(nameof(TcMirror.Transfer)).ToInt32())..], transfer);
        MemoryMarshal.Write(bytes[(mirror + Marshal.OffsetOf<TcMirror>(nameof(TcMirror.Action)).ToInt32())..], action);

        TrafficFilter read = new(new NetlinkMessage(Datagram.Message(RtnetlinkType.NewFilter, 1, payload)));

        read.RedirectTo.Should().Be(target);
    }

    [Fact]
    public void A_message_without_what_it_must_have_is_refused()
    {
        Action qdisc = () => ReadQdisc(writer => writer.WriteHeader(default(Tcmsg)));
        Action filter = () => ReadFilter(writer => writer.WriteHeader(default(Tcmsg)));
        Action bucket = () => ReadQdisc(writer =>
        {
            writer.WriteHeader(default(Tcmsg));
            writer.WriteString(Tca.Kind, "tbf");
        });

        qdisc.Should().Throw<NetlinkFormatException>().WithMessage("*TCA_KIND*");
        filter.Should().Throw<NetlinkFormatException>().WithMessage("*TCA_KIND*");
        bucket.Should().Throw<NetlinkFormatException>().WithMessage("*TCA_TBF_PARMS*");
    }

    [Fact]
    public void A_filter_that_cannot_be_written_is_refused_before_it_is_sent()
    {
        using ScriptedKernel kernel = new();
        using RouteSocket socket = new(kernel);

        Action nowhere = () => socket.Batch().AddFilter(new TrafficFilter { LinkIndex = 3, Priority = 1 });
        Action other = () => socket.Batch().AddFilter(new TrafficFilter { LinkIndex = 3, Priority = 1, Kind = "bpf", RedirectTo = 9 });

        nowhere.Should().Throw<InvalidOperationException>();
        other.Should().Throw<InvalidOperationException>();
        kernel.Sent.Should().BeEmpty();
    }

    [Fact]
    public void A_handle_is_said_as_tc_says_it()
    {
        TrafficHandle.From(0x8001, 0).ToString().Should().Be("8001:");
        TrafficHandle.From(1, 0x1a).ToString().Should().Be("1:1a");
        TrafficHandle.Ingress.ToString().Should().Be("ffff:fff1");
        TrafficHandle.IngressDiscipline.ToString().Should().Be("ffff:");
        TrafficHandle.Root.ToString().Should().Be("root");
        Gen.Select(Gen.UShort, Gen.UShort).Sample((major, minor) =>
            (TrafficHandle.From(major, minor).Major, TrafficHandle.From(major, minor).Minor).Should().Be((major, minor)));
    }

    private static Qdisc ReadQdisc(Action<NetlinkWriter> write) =>
        new(new NetlinkMessage(Datagram.Message(RtnetlinkType.NewQdisc, 1, Datagram.Payload(write))));

    private static TrafficFilter ReadFilter(Action<NetlinkWriter> write) =>
        new(new NetlinkMessage(Datagram.Message(RtnetlinkType.NewFilter, 1, Datagram.Payload(write))));
}
