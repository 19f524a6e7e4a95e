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
    /// <param name="burst">Bits.</param>
    public static TokenBucketKind BucketOf(ulong rate, ulong burst)
    {
        ulong bytesPerSecond = rate / BitsPerByte;
        ulong bytes = burst / BitsPerByte;
        return new TokenBucketKind
        {
            Rate = bytesPerSecond,
            Burst = (uint)Math.Min(bytes, uint.MaxValue),
            Limit = (uint)Math.Min((bytesPerSecond / DelaysPerSecond) + bytes, uint.MaxValue),
        };
    }

    /// <summary>Limits what the container receives.</summary>
    public static void LimitReceiving(RouteSocket route, Link veth, ulong rate, ulong burst) =>
        Explain("CONFIG_NET_SCH_TBF", () => route.Batch().ReplaceQdisc(new Qdisc { LinkIndex = veth.Index, Kind = BucketOf(rate, burst) }).Execute());

    /// <summary>Limits what the container sends.</summary>
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
        Explain("CONFIG_NET_SCH_TBF", () => route.Batch().ReplaceQdisc(new Qdisc { LinkIndex = ifb.Index, Kind = BucketOf(rate, burst) }).Execute());
        Explain("CONFIG_NET_SCH_INGRESS", () => CniBridge.Tolerate(Errno.EEXIST, () => route.Batch().AddQdisc(Qdisc.Ingress(veth.Index)).Execute()));
        TrafficFilter redirect = new() { LinkIndex = veth.Index, Priority = FilterPriority, RedirectTo = ifb.Index };
        Explain("CONFIG_NET_CLS_U32 or CONFIG_NET_ACT_MIRRED", () => route.Batch().AddFilter(redirect).Execute());
        return ifb;
    }

    /// <summary>Deletes the ifb; a missing one is no error. The qdiscs of the veth go with the veth.</summary>
    public static void Remove(RouteSocket route, InterfaceName ifbName)
    {
        if (route.TryGetLink(LinkSelector.ByName(ifbName)) is { Kind: IfbKind } ifb)
        {
            route.DeleteLink(LinkSelector.ByIndex(ifb.Index));
        }
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
