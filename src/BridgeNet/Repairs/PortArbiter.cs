using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>
/// Settles whose a port is that stands in the records twice. A process that died between writing a port down and publishing it leaves the first;
/// somebody else whom the kernel then gave the port wrote the second, and it is theirs.
/// </summary>
internal sealed class PortArbiter(StateDirectory state, HostSockets host)
{
    /// <summary>The ids of those in whose records a port stands that stands in another's too, or twice in theirs.</summary>
    public static IReadOnlyCollection<string> DisputedIn(RecordedState records)
    {
        (string Id, PublishedPort Port)[] claims =
        [
            .. from endpoint in records.EndpointsIn(RecordPhase.Done)
               from port in endpoint.Ports
               where port.HostPort > 0
               select (endpoint.Id, port),
        ];
        HashSet<string> disputed = new(StringComparer.Ordinal);
        foreach (IGrouping<(TransportProtocol, System.Net.Sockets.AddressFamily), (string Id, PublishedPort Port)> group in claims.GroupBy(claim => (claim.Port.Protocol, claim.Port.Family)))
        {
            Dispute([.. group.OrderBy(claim => claim.Port.HostPort)], disputed);
        }
        return disputed;
    }

    /// <summary>Takes ports out of the records of those who do not have them.</summary>
    public void Settle(IEnumerable<string> disputed, RepairFindings findings)
    {
        foreach (string id in disputed)
        {
            Settle(id, findings);
        }
    }

    /// <summary>Ends the doubt about ports that the rules have as the records do.</summary>
    /// <param name="lane">The caller's sockets.</param>
    /// <param name="records">The records as they were a moment before.</param>
    public void EndDoubts(HostLane lane, RecordedState records)
    {
        foreach ((EndpointState doubtful, _) in records.Endpoints.Where(endpoint => endpoint.State.PortsInDoubt))
        {
            using HeldLock alone = state.Locks.Acquire(doubtful.Id);
            if (state.FindMade(doubtful.Id) is { PortsInDoubt: true } endpoint && IsPublished(lane, endpoint))
            {
                state.Endpoints.Replace(endpoint.Id, endpoint with { PortsInDoubt = false });
            }
        }
    }

    /// <summary>Ports in their order: those that exclude one begin before it ends.</summary>
    private static void Dispute((string Id, PublishedPort Port)[] claims, HashSet<string> disputed)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            int end = claims[i].Port.HostPort + claims[i].Port.Count;
            for (int j = i + 1; j < claims.Length && claims[j].Port.HostPort < end; j++)
            {
                if (claims[i].Port.Excludes(claims[j].Port))
                {
                    disputed.Add(claims[i].Id);
                    disputed.Add(claims[j].Id);
                }
            }
        }
    }

    private void Settle(string id, RepairFindings findings)
    {
        using HeldLock alone = state.Locks.Acquire(id);
        if (state.FindMade(id) is not { } endpoint)
        {
            return;
        }
        using HostLane lane = host.Rent();
        PublishedPort[] own = Once(lane, endpoint, [.. endpoint.Ports.Where(port => port.HostPort == 0 || IsOwn(lane, endpoint, port))]);
        if (own.Length < endpoint.Ports.Count)
        {
            state.Endpoints.Replace(id, endpoint with { Ports = [.. own] });
            findings.Restored($"endpoint {endpoint.Name}", [$"{endpoint.Ports.Count - own.Length} of its ports had become another's before they were published"]);
        }
    }

    private bool IsPublished(HostLane lane, EndpointState endpoint) =>
        state.Networks.Find(endpoint.Network, out _) is { } network
        && Publication.Of(endpoint, network.Definition, endpoint.Ports).All(publication => publication.IsRouted || PublishedPorts.IsThere(lane.Netfilter, publication));

    /// <summary>It is whose the kernel says. If it says nothing, because all who wrote it down died before they published it, it is the first one's.</summary>
    private bool IsOwn(HostLane lane, EndpointState endpoint, PublishedPort own)
    {
        return PublishedPorts.HolderOf(lane.Netfilter, own) is { } holder
            ? string.Equals(holder, endpoint.Id, StringComparison.Ordinal)
            : !state.Endpoints.All().Any(other => other.Phase is RecordPhase.Done
                && string.CompareOrdinal(other.Record.Id, endpoint.Id) < 0
                && other.Record.Ports.Any(own.Excludes));
    }

    /// <summary>Of ports of one endpoint that exclude each other the one that the kernel has, or the first.</summary>
    private PublishedPort[] Once(HostLane lane, EndpointState endpoint, PublishedPort[] ports)
    {
        if (state.Networks.Find(endpoint.Network, out _) is not { } network || !Array.Exists(ports, one => ports.Count(one.Excludes) > 1))
        {
            return ports;
        }
        List<PublishedPort> kept = [];
        foreach (PublishedPort port in ports.OrderBy(port => !Publication.Of(endpoint, network.Definition, [port]).Any(publication => PublishedPorts.IsThere(lane.Netfilter, publication))))
        {
            if (!kept.Exists(port.Excludes))
            {
                kept.Add(port);
            }
        }
        return [.. kept.OrderBy(port => Array.IndexOf(ports, port))];
    }
}
