using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>bandwidth: how fast a container sends and receives.</summary>
/// <param name="isAlone">Whether the veth may stay after a DEL; as a part of another plugin the DEL deletes the veth too.</param>
internal sealed class BandwidthPlugin(bool isAlone = true) : ICniPlugin
{
    /// <inheritdoc/>
    public string Name => "bandwidth";

    /// <inheritdoc/>
    public CniVersion OldestVersion => CniVersion.V0_3_0;

    /// <inheritdoc/>
    public bool IsChained => true;

    /// <summary>Adds the ifb to the result, if it created one.</summary>
    public CniResult Add(CniCall call)
    {
        CniResult told = call.Previous!;
        if (BandwidthOptions.Of(call) is not { } wanted)
        {
            return told;
        }
        Link veth = ResultLinks.HostEndOf(call, told);
        InterfaceName ifbName = BandwidthLimit.IfbOf(call.Network, call.Environment.ContainerId);
        try
        {
            if (wanted is { IngressRate: > 0, IngressBurst: > 0 })
            {
                BandwidthLimit.LimitReceiving(call.Route, veth, wanted.IngressRate.Value, wanted.IngressBurst.Value);
            }
            if (wanted is not { EgressRate: > 0, EgressBurst: > 0 })
            {
                return told;
            }
            Link ifb = BandwidthLimit.LimitSending(call.Route, veth, ifbName, wanted.EgressRate.Value, wanted.EgressBurst.Value);
            CniInterface link = new() { Name = ifb.Name.ToString(), Mac = ifb.MacAddress?.ToString(), Mtu = ifb.Mtu };
            return told with { Interfaces = [.. told.Interfaces, link] };
        }
        catch
        {
            new CniTeardown().Then(() => BandwidthLimit.Lift(call.Route, veth, ifbName)).Then(() => BandwidthLimit.Remove(call.Route, ifbName));
            throw;
        }
    }

    /// <inheritdoc/>
    public void Delete(CniCall call)
    {
        InterfaceName ifbName = BandwidthLimit.IfbOf(call.Network, call.Environment.ContainerId);
        CniTeardown teardown = new();
        if (isAlone)
        {
            teardown.Then(() => Lift(call, ifbName));
        }
        teardown.Then(() => BandwidthLimit.Remove(call.Route, ifbName)).Finish();
    }

    /// <inheritdoc/>
    public void Check(CniCall call)
    {
        if (BandwidthOptions.Of(call) is not { } wanted)
        {
            return;
        }
        Link veth = ResultLinks.HostEndOf(call, call.Previous!);
        if (wanted.IngressRate is > 0)
        {
            CheckBucket(call, veth, wanted.IngressRate.Value);
        }
        if (wanted.EgressRate is > 0)
        {
            InterfaceName name = BandwidthLimit.IfbOf(call.Network, call.Environment.ContainerId);
            Link ifb = call.Route.TryGetLink(LinkSelector.ByName(name)) ?? throw Gone($"ifb {name} is gone");
            CheckBucket(call, ifb, wanted.EgressRate.Value);
            if (!call.Route.ListFilters(veth.Index, TrafficHandle.IngressFilters).Any(filter => filter.RedirectTo == ifb.Index))
            {
                throw Gone($"the filter that hands packets of {veth.Name} to {name} is gone");
            }
        }
    }

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call)
    {
        // An ifb's name is only a hash. It is in use if a veth redirects packets to it, and the veth is gone when its attachment is. One without a
        // bucket is being made. The buckets are read before the filters, because a bucket comes after its filter.
        HashSet<InterfaceName> valid =
            [.. (call.ValidAttachments ?? []).Select(attachment => BandwidthLimit.IfbOf(call.Network, attachment.ContainerId))];
        Link[] limited = [.. call.Route.ListLinks().Where(link => link.Kind is IfbKind && BandwidthLimit.IsIfb(link.Name)
            && !valid.Contains(link.Name) && BandwidthLimit.IsLimited(call.Route, link))];
        HashSet<int> used = [.. call.Route.ListLinks()
            .Where(link => link.Kind is VethKind)
            .SelectMany(link => call.Route.ListFilters(link.Index, TrafficHandle.IngressFilters))
            .Select(filter => filter.RedirectTo).OfType<int>()];
        CniTeardown teardown = new();
        foreach (Link ifb in limited.Where(link => !used.Contains(link.Index)))
        {
            teardown.Then(() => BandwidthLimit.Remove(call.Route, ifb.Name));
        }
        teardown.Finish();
    }

    /// <summary>Takes the limits of the container's veth, if that is still there.</summary>
    private static void Lift(CniCall call, InterfaceName ifbName)
    {
        if (!MayBeLimited(call) && call.Route.TryGetIndex(ifbName) is null)
        {
            return;
        }
        foreach (Link veth in ResultLinks.HostEndsOf(call))
        {
            BandwidthLimit.Lift(call.Route, veth, ifbName);
        }
    }

    /// <summary>Whether the configuration limits anything; also true if it cannot be read, because a DEL takes limits all the same.</summary>
    private static bool MayBeLimited(CniCall call)
    {
        try
        {
            return BandwidthOptions.Of(call) is not null;
        }
        catch (CniException)
        {
            return true;
        }
    }

    private static void CheckBucket(CniCall call, Link link, ulong rate)
    {
        if (!call.Route.ListQdiscs(link.Index).Any(qdisc => qdisc.Kind is TokenBucketKind bucket && bucket.Rate == rate / 8))
        {
            throw Gone($"the limit of {link.Name} is gone, or another");
        }
    }

    private static CniException Gone(string message) => new(CniErrorCode.NotAsAdded, $"bandwidth: {message}");
}
