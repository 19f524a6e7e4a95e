using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// Limits a container at the host's end of its veth. A token bucket there delays what the container receives. What it sends is redirected to an
/// ifb of its own and delayed there. Names and numbers are those of the reference, so that each can remove what the other created.
/// </summary>
internal static class BandwidthLimit
{
    private const int BitsPerByte = 8;

    /// <summary>The longest delay of a packet behind a burst, as part of a second: 25 ms.</summary>
    private const int DelaysPerSecond = 40;

    /// <summary>The filter's priority: after other people's filters on an existing ingress qdisc.</summary>
    private const ushort FilterPriority = 100;

    private const string IfbPrefix = "bwp";

    private const int UsualMtu = 1500;

    /// <summary>The unit of the kernel's token bucket: 2^6 ns.</summary>
    private const uint NanosecondsPerTick = 64;

    private const uint NanosecondsPerSecond = 1_000_000_000;

    /// <summary>An Ethernet header with a VLAN tag, in bytes.</summary>
    private const int EthernetHeader = 18;

    /// <summary>The ifb of a container: bwp and twelve digits of a hash of network and container.</summary>
    public static InterfaceName IfbOf(string network, string containerId)
    {
        string digits = Sha2.Digits512(network + containerId);
        return InterfaceName.Parse(string.Concat(IfbPrefix, digits.AsSpan(0, InterfaceName.MaxBytes - IfbPrefix.Length)));
    }

    /// <summary>Whether a name is of the form that ifbs of containers have.</summary>
    public static bool IsIfb(InterfaceName name) => name.ToString() is { Length: InterfaceName.MaxBytes } text
        && text.StartsWith(IfbPrefix, StringComparison.Ordinal) && text.Skip(IfbPrefix.Length).All(char.IsAsciiHexDigitLower);

    /// <summary>The bucket of a rate and a burst.</summary>
    /// <param name="rate">Bits per second.</param>
    /// <param name="burst">Bits; less than a packet counts as one packet, because a bucket drops every packet that is larger than itself.</param>
    /// <param name="mtu">The link's largest packet, in bytes; null if unknown.</param>
    public static TokenBucketKind BucketOf(ulong rate, ulong burst, int? mtu)
    {
        ulong bytesPerSecond = rate / BitsPerByte;
        ulong packet = (ulong)((mtu ?? UsualMtu) + EthernetHeader);
        ulong bytes = Math.Max(burst / BitsPerByte, packet);
        uint ticks = TicksOf((uint)Math.Min(bytes, uint.MaxValue), bytesPerSecond);
        return new TokenBucketKind
        {
            Rate = bytesPerSecond,
            Burst = (uint)Math.Min(bytes, uint.MaxValue),
            BurstTicks = (UInt128)ticks * NanosecondsPerTick * bytesPerSecond / NanosecondsPerSecond >= packet ? ticks : null,
            Limit = (uint)Math.Min((bytesPerSecond / DelaysPerSecond) + bytes, uint.MaxValue),
        };
    }

    /// <summary>Limits what the container receives.</summary>
    public static void LimitReceiving(RouteSocket route, Link veth, ulong rate, ulong burst) =>
        Explain("CONFIG_NET_SCH_TBF", () => route.Batch().ReplaceQdisc(
            new Qdisc { LinkIndex = veth.Index, Kind = BucketOf(rate, burst, veth.Mtu) }).Execute());

    /// <summary>
    /// Limits what the container sends. The bucket comes last, as the reference's does: an ifb with a bucket and without a filter that leads to it
    /// was left behind by its container, and is not one that is being made.
    /// </summary>
    /// <returns>The ifb.</returns>
    public static Link LimitSending(RouteSocket route, Link veth, InterfaceName ifbName, ulong rate, ulong burst)
    {
        LinkSelector selector = LinkSelector.ByName(ifbName);
        Explain("CONFIG_IFB", () => CniBridge.Tolerate(Errno.EEXIST, () => route.Batch().CreateLink(new Link
        {
            Name = ifbName,
            Kind = new IfbKind(),
            Mtu = veth.Mtu,
            IsUp = true, // a filter that redirects to an ifb that is down drops every packet
            Ipv6AddressGeneration = Ipv6AddressGeneration.None,
        }).Execute()));
        Link ifb = route.GetLink(selector);
        if (ifb.Kind is not IfbKind)
        {
            throw new CniException(CniErrorCode.Internal, $"bandwidth: the name {ifbName} is another link's");
        }
        Explain("CONFIG_NET_SCH_INGRESS", () => CniBridge.Tolerate(Errno.EEXIST, () => route.Batch().AddQdisc(Qdisc.Ingress(veth.Index)).Execute()));
        TrafficFilter redirect = new() { LinkIndex = veth.Index, Priority = FilterPriority, RedirectTo = ifb.Index };
        Explain("CONFIG_NET_CLS_U32 or CONFIG_NET_ACT_MIRRED", () => route.Batch().AddFilter(redirect).Execute());
        Explain("CONFIG_NET_SCH_TBF", () => route.Batch().ReplaceQdisc(
            new Qdisc { LinkIndex = ifb.Index, Kind = BucketOf(rate, burst, veth.Mtu) }).Execute());
        return ifb;
    }

    /// <summary>Deletes the ifb of a veth that is gone or goes with all that hangs on it; a missing ifb is no error.</summary>
    public static void Remove(RouteSocket route, InterfaceName ifbName)
    {
        if (route.TryGetLink(LinkSelector.ByName(ifbName)) is { Kind: IfbKind } ifb)
        {
            route.DeleteLink(LinkSelector.ByIndex(ifb.Index));
        }
    }

    /// <summary>
    /// Takes the limits of a veth that stays. The filter goes before the ifb, because a filter that redirects to a missing ifb drops everything. The
    /// ingress qdisc stays: it may be another program's, and limits nothing.
    /// </summary>
    public static void Lift(RouteSocket route, Link veth, InterfaceName ifbName)
    {
        if (route.TryGetIndex(ifbName) is { } ifb)
        {
            foreach (TrafficFilter filter in route.ListFilters(veth.Index, TrafficHandle.IngressFilters).Where(filter => filter.RedirectTo == ifb))
            {
                route.DeleteFilter(filter);
            }
        }
        if (IsLimited(route, veth))
        {
            route.DeleteQdisc(new Qdisc { LinkIndex = veth.Index, Kind = new TokenBucketKind { Rate = 1, Burst = 1, Limit = 1 } });
        }
    }

    /// <summary>Whether a link has a bucket.</summary>
    public static bool IsLimited(RouteSocket route, Link link) => route.ListQdiscs(link.Index).Any(qdisc => qdisc.Kind is TokenBucketKind);

    /// <summary>
    /// The time of a burst as the reference computes it, in whole microseconds and modulo 2^32, so that its CHECK finds what it would have set.
    /// It may be less than that of a packet.
    /// </summary>
    private static uint TicksOf(uint bytes, ulong bytesPerSecond)
    {
        const ulong MicrosecondsPerSecond = 1_000_000, NanosecondsPerMicrosecond = 1_000;
        uint microseconds = unchecked((uint)(bytes * MicrosecondsPerSecond / bytesPerSecond));
        return unchecked((uint)(microseconds * NanosecondsPerMicrosecond / NanosecondsPerTick));
    }

    /// <summary>Names the missing kernel option: the kernel answers ENOENT or EOPNOTSUPP for an unknown kind.</summary>
    private static void Explain(string options, Action action)
    {
        try
        {
            action();
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EOPNOTSUPP)
        {
            throw new CniException(CniErrorCode.Internal, $"bandwidth: this kernel lacks {options}: {error.Message}", innerException: error);
        }
    }
}
