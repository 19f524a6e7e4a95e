using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Takes endpoints down, whatever of them there is. It does not stop at the first failure, and what is gone already is fine.</summary>
internal sealed class EndpointTeardown(StateDirectory state, HostSockets host)
{
    /// <summary>So many endpoints go together: each of them holds an open file, its lock.</summary>
    public const int Together = 256;

    /// <summary>Removes all of a record; the caller holds the endpoint's lock, whose file goes too.</summary>
    /// <param name="record">What may be there.</param>
    /// <param name="phase">How far it had come.</param>
    /// <exception cref="TeardownException">Something could not be taken down; the record stays, so that gc can try again.</exception>
    public void Remove(EndpointRecord record, RecordPhase phase) => Remove([new EndpointEnding(record, phase)])[0].ThrowIfFailed();

    /// <summary>
    /// Removes all of several records in one transaction and, since the kernel waits once for all links that it deletes together, in about the time of one.
    /// The caller holds the locks of all of them.
    /// </summary>
    /// <returns>The same, each with what could not be taken down.</returns>
    public IReadOnlyList<EndpointEnding> Remove(IReadOnlyList<EndpointEnding> endings)
    {
        foreach (EndpointEnding ending in endings)
        {
            state.Endpoints.BeginRemoval(ending.Record.Id, ending.Phase);
        }
        using (HostLane lane = host.Rent())
        {
            TakeFromTables(lane, endings);
            DeleteLinks(lane, endings);
            foreach (EndpointEnding ending in endings.Where(ending => ending.Record.EgressRate is not null))
            {
                ending.Steps.Try(() => TrafficShaper.Remove(lane.Route, ContainerWiring.ShaperNameOf(ending.Record)));
            }
        }
        foreach (EndpointEnding ending in endings)
        {
            if (!ending.Steps.HaveFailed)
            {
                ending.Steps.Try(() => Forget(ending.Record));
            }
            else if (ending.Steps.WereForbidden)
            {
                state.Endpoints.CancelRemoval(ending.Record.Id, ending.Phase);
            }
        }
        return endings;
    }

    /// <summary>Removes what the state remembers of an endpoint of which nothing is in the kernel.</summary>
    public void Forget(EndpointRecord record)
    {
        new EndpointReservation(state).Release(record);
        state.Endpoints.Forget(record.Id);
        state.Locks.Remove(record.Id);
    }

    /// <summary>Of those that are certain all elements go at once, unless one is missing.</summary>
    private void TakeFromTables(HostLane lane, IReadOnlyList<EndpointEnding> endings)
    {
        EndpointEnding[] certain = [.. endings.Where(ending => ending.IsCertain)];
        bool atOnce = certain.Length > 1 && TryTakeTogether(lane, certain);
        foreach (EndpointEnding ending in atOnce ? endings.Except(certain) : endings)
        {
            ending.Steps.Try(() => TakeFromTables(lane, ending.Record, ending.IsCertain));
        }
    }

    private bool TryTakeTogether(HostLane lane, EndpointEnding[] endings)
    {
        try
        {
            Publication[] publications = [.. endings.SelectMany(ending => PublicationsOf(ending.Record))];
            if (!PublishedPorts.TryRemove(lane.Netfilter, publications, [.. endings.SelectMany(ending => ending.Record.ToProtected()).SelectMany(EndpointElements.Of)]))
            {
                return false;
            }
            Flush(lane, [.. publications.Select(publication => publication.Port)], [.. endings.SelectMany(ending => ending.Record.OwnAddresses())]);
            return true;
        }
        catch (KernelException)
        {
            return false; // each by itself finds out what it is
        }
    }

    private void TakeFromTables(HostLane lane, EndpointRecord record, bool isCertain)
    {
        TableElement[] guards = [.. record.ToProtected().SelectMany(EndpointElements.Of)];
        Publication[] publications = [.. PublicationsOf(record)];
        if (publications.Length == 0)
        {
            FirewallTable.Exchange(lane.Netfilter, guards, [], record.Id, isCertain);
        }
        else
        {
            PublishedPorts.Change(lane.Netfilter, publications, [], guards, record.Id, isCertain);
        }
        Flush(lane, [.. record.Ports.Select(EndpointMapping.ToPort)], [.. record.OwnAddresses()]);
    }

    private static void Flush(HostLane lane, PublishedPort[] ports, IPAddress[] addresses) =>
        _ = ConnectionFlush.Flush(lane.Netfilter, lane.Route, ports, addresses, isRemoval: true);

    private IEnumerable<Publication> PublicationsOf(EndpointRecord record) =>
        record.Ports.Count > 0 && state.Networks.Find(record.Network, out _) is { } network
            ? record.ToPublications(network, record.Ports.Select(EndpointMapping.ToPort))
            : [];

    /// <summary>Several links are put into a group of their own and deleted by it: the kernel then waits once for all of them.</summary>
    private static void DeleteLinks(HostLane lane, IReadOnlyList<EndpointEnding> endings)
    {
        bool atOnce = endings.Count > 1 && TryDeleteTogether(lane.Route, endings);
        foreach (EndpointEnding ending in atOnce ? [] : endings)
        {
            ending.Steps.Try(() => lane.Route.DeleteLink(LinkSelector.ByName(InterfaceName.Parse(ending.Record.HostInterface))));
        }
    }

    private static bool TryDeleteTogether(RouteSocket route, IReadOnlyList<EndpointEnding> endings)
    {
        HashSet<string> names = [.. endings.Select(ending => ending.Record.HostInterface)];
        try
        {
            int[] links = [.. route.ListLinks().Where(link => names.Contains(link.Name.ToString())).Select(link => link.Index)];
            if (links.Length > 1)
            {
                route.DeleteLinks(links);
            }
            return links.Length != 1;
        }
        catch (NetlinkException)
        {
            return false; // one went by itself meanwhile, or something worse: each by itself finds out
        }
    }
}
