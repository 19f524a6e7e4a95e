using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Shaping;

/// <summary>
/// Limits an endpoint's bandwidth at the host's end of its veth. Packets to the container wait there in a token bucket. Packets from it cannot wait
/// where they come in: a filter redirects them to the endpoint's own ifb; they wait in its token bucket and then go on as if they had just come from
/// the veth.
/// </summary>
internal static class TrafficShaper
{
    /// <summary>
    /// The filter's priority: behind other programs' filters, which mostly choose 1. All filters of one priority must be of one kind.
    /// </summary>
    private const ushort FilterPriority = 100;

    private const int UsualMtu = 1500;

    /// <summary>Sets an endpoint's limits in the kernel.</summary>
    /// <inheritdoc cref="Apply(RouteSocket, InterfaceName, InterfaceName, int, Bandwidth)" path="/exception"/>
    public static void Apply(RouteSocket host, EndpointState endpoint)
    {
        int mtu = host.GetLink(LinkSelector.ByName(endpoint.HostInterface)).Mtu ?? UsualMtu;
        Apply(host, endpoint.HostInterface, LinkNames.OfShaper(endpoint.Id), mtu, endpoint.Bandwidth);
    }

    /// <summary>Sets limits, whatever was there before: it changes in place what differs, and nothing else.</summary>
    /// <param name="host">The host's socket.</param>
    /// <param name="hostInterface">The host's end of the veth.</param>
    /// <param name="ifbName">The ifb's name; the ifb exists only with an <see cref="Bandwidth.EgressRate"/>.</param>
    /// <param name="mtu">The veth's MTU, in bytes.</param>
    /// <param name="wanted">The limits, already checked; null for none.</param>
    /// <exception cref="BandwidthUnavailableException">The kernel lacks an option that it needs.</exception>
    /// <exception cref="ConfigurationException">A link of another kind has the ifb's name.</exception>
    /// <exception cref="NetlinkException">The kernel refused; ENODEV if there is no such veth. Earlier steps stay done.</exception>
    public static void Apply(RouteSocket host, InterfaceName hostInterface, InterfaceName ifbName, int mtu, Bandwidth? wanted)
    {
        int veth = host.GetLink(LinkSelector.ByName(hostInterface)).Index;
        if (wanted?.IngressRate is { } ingressRate)
        {
            Limit(host, hostInterface, veth, TokenBucket.Of(ingressRate, wanted.IngressBurst, mtu));
        }
        else
        {
            host.DeleteQdisc(new Qdisc { LinkIndex = veth, Kind = TokenBucket.Any });
        }

        if (wanted?.EgressRate is { } egressRate)
        {
            int ifb = EnsureIfb(host, hostInterface, ifbName, mtu);
            Limit(host, hostInterface, ifb, TokenBucket.Of(egressRate, wanted.EgressBurst, mtu));
            EnsureRedirect(host, hostInterface, veth, ifb);
        }
        else
        {
            StopRedirect(host, veth);
            Remove(host, ifbName);
        }
    }

    /// <summary>Whether an endpoint has limits, of whatever size: only <see cref="Apply(RouteSocket, EndpointState)"/> changes sizes.</summary>
    public static bool IsThere(RouteSocket host, Link veth, InterfaceName ifbName, Bandwidth wanted) =>
        (wanted.IngressRate is null || HasBucket(host, veth.Index))
        && (wanted.EgressRate is null
            || (host.TryGetLink(LinkSelector.ByName(ifbName)) is { Kind: IfbKind, IsUp: true } ifb
                && HasBucket(host, ifb.Index)
                && host.ListFilters(veth.Index, TrafficHandle.IngressFilters).Any(filter => IsOurs(filter) && filter.RedirectTo == ifb.Index)));

    /// <summary>An endpoint's limits as the kernel has them; null if there are none.</summary>
    public static Bandwidth? Read(RouteSocket host, Link veth, InterfaceName ifbName)
    {
        TokenBucketKind? ingress = BucketOf(host, veth.Index);
        TokenBucketKind? egress = host.TryGetLink(LinkSelector.ByName(ifbName)) is { Kind: IfbKind } ifb ? BucketOf(host, ifb.Index) : null;
        return ingress is null && egress is null ? null : new Bandwidth
        {
            IngressRate = TokenBucket.RateOf(ingress),
            IngressBurst = ingress?.Burst,
            EgressRate = TokenBucket.RateOf(egress),
            EgressBurst = egress?.Burst,
        };
    }

    /// <summary>Deletes the ifb of an endpoint whose veth is deleted with all that hangs on it. It does nothing if the ifb is gone already.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static void Remove(RouteSocket host, InterfaceName ifbName)
    {
        LinkSelector link = LinkSelector.ByName(ifbName);
        if (host.TryGetLink(link) is { Kind: IfbKind })
        {
            host.DeleteLink(link);
        }
    }

    /// <summary>
    /// Runs something that needs a build option of the kernel. For a kind that it does not know, the kernel says ENOENT or EOPNOTSUPP.
    /// </summary>
    /// <exception cref="BandwidthUnavailableException">The kernel lacks the option.</exception>
    internal static void Explain(InterfaceName hostInterface, string options, Action action)
    {
        try
        {
            action();
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EOPNOTSUPP)
        {
            throw new BandwidthUnavailableException(hostInterface.ToString(), options, error);
        }
    }

    private static bool HasBucket(RouteSocket host, int link) => BucketOf(host, link) is not null;

    private static TokenBucketKind? BucketOf(RouteSocket host, int link) =>
        host.ListQdiscs(link).Select(qdisc => qdisc.Kind).OfType<TokenBucketKind>().FirstOrDefault();

    private static void Limit(RouteSocket host, InterfaceName hostInterface, int link, TokenBucketKind bucket) => Explain(
        hostInterface,
        "CONFIG_NET_SCHED or CONFIG_NET_SCH_TBF",
        () => host.Batch().ReplaceQdisc(new Qdisc { LinkIndex = link, Kind = bucket }).Execute());

    /// <summary>Makes the ifb and brings it up: a filter that redirects to an ifb that is down drops everything.</summary>
    private static int EnsureIfb(RouteSocket host, InterfaceName hostInterface, InterfaceName ifbName, int mtu)
    {
        LinkSelector selector = LinkSelector.ByName(ifbName);
        if (host.TryGetLink(selector) is { } found)
        {
            if (found.Kind is not IfbKind)
            {
                throw new ConfigurationException(
                    nameof(EndpointRequest.Bandwidth),
                    $"the name {ifbName}, under which packets of {hostInterface} are to wait, is another link's");
            }
            if (!found.IsUp || found.Mtu != mtu)
            {
                host.Batch().ChangeLink(selector, new LinkChange { IsUp = true, Mtu = mtu }).Execute();
            }
            return found.Index;
        }
        Link ifb = new()
        {
            Name = ifbName,
            Kind = new IfbKind(),
            Mtu = mtu,
            IsUp = true,
            Ipv6AddressGeneration = Ipv6AddressGeneration.None, // it is no endpoint, so it needs no address
        };
        Explain(hostInterface, "CONFIG_IFB", () => host.Batch().CreateLink(ifb).Execute());
        return host.GetLink(selector).Index;
    }

    private static void EnsureRedirect(RouteSocket host, InterfaceName hostInterface, int veth, int ifb)
    {
        TrafficFilter[] ours = [.. host.ListFilters(veth, TrafficHandle.IngressFilters).Where(IsOurs)];
        if (ours.Any(filter => filter.RedirectTo == ifb))
        {
            return;
        }
        if (ours.Length > 0)
        {
            host.DeleteFilter(Redirect(veth)); // a filter that redirects to a missing ifb drops everything
        }
        AddIngress(host, hostInterface, veth);
        Explain(
            hostInterface,
            "CONFIG_NET_CLS_U32 or CONFIG_NET_ACT_MIRRED",
            () => host.Batch().AddFilter(Redirect(veth) with { RedirectTo = ifb }).Execute());
    }

    private static void AddIngress(RouteSocket host, InterfaceName hostInterface, int veth)
    {
        try
        {
            Explain(hostInterface, "CONFIG_NET_SCH_INGRESS", () => host.Batch().AddQdisc(Qdisc.Ingress(veth)).Execute());
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            // our earlier clsact, or another program's, which has room for our filter
        }
    }

    /// <summary>
    /// Deletes the filter before the ifb, because a filter that redirects to a missing ifb drops everything. Other programs' filters and
    /// clsact stay.
    /// </summary>
    private static void StopRedirect(RouteSocket host, int veth)
    {
        IReadOnlyList<TrafficFilter> filters = host.ListFilters(veth, TrafficHandle.IngressFilters);
        if (filters.Any(IsOurs))
        {
            host.DeleteFilter(Redirect(veth));
        }
        if (filters.All(IsOurs))
        {
            host.DeleteQdisc(Qdisc.Ingress(veth));
        }
    }

    /// <summary>Our filter, or its hash table, which the kernel lists beside it.</summary>
    private static bool IsOurs(TrafficFilter filter) => filter is { Priority: FilterPriority, Kind: "u32" };

    private static TrafficFilter Redirect(int veth) => new() { LinkIndex = veth, Priority = FilterPriority };
}
