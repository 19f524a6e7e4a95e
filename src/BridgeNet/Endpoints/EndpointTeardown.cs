using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Shaping;
using BridgeNet.State;
using BridgeNet.Wiring;

namespace BridgeNet.Endpoints;

/// <summary>Takes endpoints down, whatever of them there is. It does not stop at the first failure, and what is gone already is fine.</summary>
internal sealed class EndpointTeardown(StateDirectory state, HostSockets host)
{
    /// <summary>How many endpoints go together: each of them holds an open file, its lock.</summary>
    public const int Together = 256;

    private readonly EndpointReservation _reservation = new(state);

    /// <summary>
    /// Removes several endpoints in one transaction and in about the time of one, since the kernel waits once for all links that it deletes
    /// together. The caller holds the locks of all of them, whose files go too. The record of one that fails stays, so that gc can try again.
    /// </summary>
    /// <returns>The same, each with what could not be taken down.</returns>
    public IReadOnlyList<EndpointEnding> Remove(IReadOnlyList<EndpointEnding> endings)
    {
        foreach (EndpointEnding ending in endings)
        {
            ending.Steps.Try(() => state.Endpoints.BeginRemoval(ending.Endpoint.Id, ending.Phase));
        }
        EndpointEnding[] begun = [.. endings.Where(ending => !ending.Steps.HaveFailed)];
        if (begun.Length == 0)
        {
            return endings;
        }
        using (HostLane lane = host.Rent())
        {
            List<EndpointEnding> own = [];
            foreach (EndpointEnding ending in begun)
            {
                ending.Steps.Try(() => own.AddRange(ending.Phase is RecordPhase.Removing && IsReplaced(ending.Endpoint) ? [] : [ending]));
            }
            TakeFromTables(lane, own);
            DeleteLinks(lane, begun);
            _ = ConnectionFlush.FlushAll(lane.Netfilter, [.. own.SelectMany(ending => ending.Endpoint.OwnAddresses)]); // from here none can begin one
            foreach (EndpointEnding ending in begun.Where(ending => ending.Endpoint.Bandwidth?.EgressRate is not null))
            {
                ending.Steps.Try(() => TrafficShaper.Remove(lane.Route, LinkNames.OfShaper(ending.Endpoint.Id)));
            }
        }
        foreach (EndpointEnding ending in begun)
        {
            if (!ending.Steps.HaveFailed)
            {
                ending.Steps.Try(() => Forget(ending.Endpoint));
            }
            else if (ending.Steps.WereForbidden)
            {
                state.Endpoints.CancelRemoval(ending.Endpoint.Id, ending.Phase);
            }
        }
        return endings;
    }

    /// <summary>Removes what the state remembers of an endpoint of which nothing is in the kernel.</summary>
    public void Forget(EndpointState endpoint)
    {
        _reservation.Release(endpoint);
        state.Endpoints.Forget(endpoint.Id);
        state.Locks.Remove(endpoint.Id);
    }

    /// <summary>All elements of those that are certain go at once, unless one is missing.</summary>
    private static void TakeFromTables(HostLane lane, List<EndpointEnding> endings)
    {
        EndpointEnding[] certain = [.. endings.Where(ending => ending.IsCertain)];
        bool areGone = certain.Length > 1 && TryTakeTogether(lane, certain);
        foreach (EndpointEnding ending in areGone ? endings.Except(certain) : endings)
        {
            ending.Steps.Try(() => TakeFromTables(lane, ending.Endpoint with { Ports = ending.Endpoint.PossiblePorts }, ending.IsCertain));
        }
    }

    private static bool TryTakeTogether(HostLane lane, EndpointEnding[] endings)
    {
        try
        {
            EndpointState[] endpoints = [.. endings.Select(ending => ending.Endpoint)]; // of which none has ports in doubt
            return PublishedPorts.TryRemove(lane.Netfilter, endpoints, [.. endpoints.SelectMany(EndpointElements.Of)]);
        }
        catch (KernelException)
        {
            return false; // each by itself finds out what it is
        }
    }

    private static void TakeFromTables(HostLane lane, EndpointState endpoint, bool isCertain)
    {
        TableElement[] guards = [.. EndpointElements.Of(endpoint)];
        if (endpoint.Ports.Count == 0)
        {
            FirewallTable.Exchange(lane.Netfilter, guards, [], endpoint.Id, isCertain);
        }
        else
        {
            PublishedPorts.Change(lane.Netfilter, endpoint, [], guards, isCertain);
        }
    }

    /// <summary>
    /// Whether an address that it gave back before its process died is another's by now. Then its elements are gone, and those of the same keys are
    /// that other one's.
    /// </summary>
    private bool IsReplaced(EndpointState endpoint) => endpoint.OwnAddresses.Any(address =>
        state.AddressesOf(endpoint.Network).OwnerOf(address) is { } owner && !string.Equals(owner, endpoint.Id, StringComparison.Ordinal));

    /// <summary>Several links are put into a group of their own and deleted by it: the kernel then waits once for all of them.</summary>
    private static void DeleteLinks(HostLane lane, EndpointEnding[] endings)
    {
        bool areGone = endings.Length > 1 && TryDeleteTogether(lane.Route, endings);
        foreach (EndpointEnding ending in areGone ? [] : endings)
        {
            ending.Steps.Try(() => DeleteLink(lane.Route, ending.Endpoint));
        }
    }

    /// <summary>A link that was renamed is looked for only if there may be a container that still has its other end.</summary>
    private static void DeleteLink(RouteSocket route, EndpointState endpoint)
    {
        if (!route.DeleteLink(LinkSelector.ByName(endpoint.HostInterface))
            && (endpoint.IsPrepared || RecordedSandbox.IsThere(endpoint))
            && RenamedLinks.Find(route.ListLinks(hasStatistics: false), endpoint) is { } renamed)
        {
            _ = route.DeleteLink(LinkSelector.ByIndex(renamed.Index));
        }
    }

    private static bool TryDeleteTogether(RouteSocket route, EndpointEnding[] endings)
    {
        Dictionary<InterfaceName, EndpointState> names = [];
        foreach (EndpointEnding ending in endings)
        {
            names[ending.Endpoint.HostInterface] = ending.Endpoint;
        }
        try
        {
            IReadOnlyList<Link> all = route.ListLinks(hasStatistics: false);
            List<int> links = [.. all.Where(link => names.Remove(link.Name)).Select(link => link.Index)];
            links.AddRange(names.Values.Select(endpoint => RenamedLinks.Find(all, endpoint)?.Index).OfType<int>());
            if (links.Count > 1)
            {
                route.DeleteLinks([.. links]);
            }
            return links.Count != 1;
        }
        catch (NetlinkException)
        {
            return false; // one went by itself meanwhile, or something worse: each by itself finds out
        }
    }
}
