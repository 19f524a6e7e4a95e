using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>
/// Settles who has a port that two records name. A process may die after it wrote a port down and before it published it; if another endpoint
/// then publishes that port, both records name it, and it is the second one's.
/// </summary>
internal sealed class PortArbiter(StateDirectory state, HostSockets host)
{
    /// <summary>
    /// The ids of made endpoints with a port that another's record names too, or their own twice. The other one may be on its way in or out:
    /// its port may be in the kernel, where it excludes the one that a publish just wrote down, or an unpublish has not struck out yet.
    /// </summary>
    public static IReadOnlyCollection<string> DisputedIn(RecordedState records)
    {
        PortClaim[] claims =
        [
            .. from endpoint in records.Endpoints
               from port in endpoint.State.CertainPorts
               where port.HostPort > 0
               select new PortClaim(endpoint.State.Id, endpoint.Phase is RecordPhase.Done, port),
        ];
        HashSet<string> disputed = new(StringComparer.Ordinal);
        IEnumerable<PortClaim[]> groups = claims
            .OrderBy(claim => claim.Port.HostPort)
            .GroupBy(claim => (claim.Port.Protocol, claim.Port.Family), static (_, group) => group.ToArray());
        foreach (PortClaim[] group in groups)
        {
            Dispute(group, disputed);
        }
        return disputed;
    }

    /// <summary>Removes ports from the records of endpoints that do not have them.</summary>
    public void Arbitrate(IEnumerable<string> disputed, RepairFindings findings)
    {
        foreach (string id in disputed)
        {
            _ = Arbitrate(id, findings);
        }
    }

    /// <summary>The records as they would be without the ports that endpoints do not have.</summary>
    public RecordedState Settled(RecordedState records, RepairFindings findings)
    {
        Dictionary<string, EndpointState> settled = DisputedIn(records)
            .Select(id => Arbitrate(id, findings)).OfType<EndpointState>().ToDictionary(endpoint => endpoint.Id, StringComparer.Ordinal);
        return settled.Count == 0 ? records : records with
        {
            Endpoints = [.. records.Endpoints.Select(one => (settled.GetValueOrDefault(one.State.Id, one.State), one.Phase))],
        };
    }

    /// <summary>Ends the doubt about ports for which the rules and the record agree.</summary>
    /// <param name="lane">The caller's sockets.</param>
    /// <param name="records">The records, read a moment ago.</param>
    public void EndDoubts(HostLane lane, RecordedState records)
    {
        foreach ((EndpointState doubtful, _) in records.Endpoints.Where(endpoint => endpoint.State.PortsInDoubt))
        {
            using HeldLock? alone = state.Locks.TryAcquire(doubtful.Id); // who has it is changing them
            EndpointState? endpoint = alone is null ? null : state.FindMade(doubtful.Id);
            if (endpoint is { PortsInDoubt: true, ChangingPorts.Count: 0 } && IsPublished(lane, endpoint))
            {
                state.Endpoints.Replace(endpoint.Id, endpoint with { PortsInDoubt = false });
            }
        }
    }

    /// <summary>Marks claims that exclude each other. They are sorted, so those that exclude a port begin before it ends.</summary>
    private static void Dispute(PortClaim[] claims, HashSet<string> disputed)
    {
        for (int i = 0; i < claims.Length; i++)
        {
            int end = claims[i].Port.HostPort + claims[i].Port.Count;
            for (int j = i + 1; j < claims.Length && claims[j].Port.HostPort < end; j++)
            {
                if (claims[i].Port.Excludes(claims[j].Port))
                {
                    disputed.UnionWith(new[] { claims[i], claims[j] }.Where(claim => claim.IsMade).Select(claim => claim.Id));
                }
            }
        }
    }

    /// <returns>The endpoint without the ports that it does not have; null if it has all of them.</returns>
    private EndpointState? Arbitrate(string id, RepairFindings findings)
    {
        using HeldLock? alone = state.Locks.TryAcquire(id); // who has it looks himself whether a port is his
        if (alone is null || state.FindMade(id) is not { } endpoint)
        {
            return null;
        }
        using HostLane lane = host.Rent();
        PublishedPort[] own = Once(lane, endpoint, [.. endpoint.Ports.Where(port => port.HostPort == 0 || IsOwn(lane, endpoint, port))]);
        if (own.Length == endpoint.Ports.Count)
        {
            return null;
        }
        EndpointState settled = endpoint with { Ports = [.. own] };
        if (findings.Mends)
        {
            state.Endpoints.Replace(id, settled);
        }
        findings.Restored(endpoint, $"{endpoint.Ports.Count - own.Length} of its ports had become another's before they were published");
        return settled;
    }

    private static bool IsPublished(HostLane lane, EndpointState endpoint) =>
        endpoint.Ports.All(port => PublishedPorts.IsThere(lane.Netfilter, endpoint, port));

    /// <summary>The kernel says who has it. If nobody published it, because all its writers died, the first endpoint has it.</summary>
    private bool IsOwn(HostLane lane, EndpointState endpoint, PublishedPort own)
    {
        return PublishedPorts.HolderOf(lane.Netfilter, own) is { } holder
            ? string.Equals(holder, endpoint.Id, StringComparison.Ordinal)
            : !state.Endpoints.All().Any(other => other.Phase is RecordPhase.Done
                && string.CompareOrdinal(other.Record.Id, endpoint.Id) < 0
                && other.Record.Ports.Any(own.Excludes));
    }

    /// <summary>Of an endpoint's ports that exclude each other it keeps the one in the kernel, or the first.</summary>
    private static PublishedPort[] Once(HostLane lane, EndpointState endpoint, PublishedPort[] ports)
    {
        if (!Array.Exists(ports, one => ports.Count(one.Excludes) > 1))
        {
            return ports;
        }
        List<PublishedPort> kept = [];
        foreach (PublishedPort port in ports.OrderBy(port => !PublishedPorts.IsThere(lane.Netfilter, endpoint, port)))
        {
            if (!kept.Exists(port.Excludes))
            {
                kept.Add(port);
            }
        }
        return [.. kept.OrderBy(port => Array.IndexOf(ports, port))];
    }

    /// <summary>A port in a record.</summary>
    private readonly record struct PortClaim(string Id, bool IsMade, PublishedPort Port);
}
