using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Repairs;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>
/// Settles whose a port is that stands in two records. A process that died between writing a port down and publishing it leaves the first; somebody
/// else whom the kernel then gave the port wrote the second, and it is theirs.
/// </summary>
internal sealed class PortArbiter(StateDirectory state, HostSockets host)
{
    /// <summary>Takes ports out of the records of those who do not have them.</summary>
    public void Settle(RepairFindings findings)
    {
        EndpointRecord[] records = [.. state.Endpoints.All().Where(endpoint => endpoint.Phase is RecordPhase.Done).Select(endpoint => endpoint.Record)];
        string[] disputed =
        [
            .. from claim in records.SelectMany(record => record.Ports.Where(port => port.HostPort > 0), (record, port) => (record.Id, Key: KeyOf(port)))
               group claim.Id by claim.Key into claims
               where claims.Distinct(StringComparer.Ordinal).Skip(1).Any()
               from id in claims
               select id,
        ];
        foreach (string id in disputed.Distinct(StringComparer.Ordinal))
        {
            Settle(id, findings);
        }
    }

    private void Settle(string id, RepairFindings findings)
    {
        using HeldLock alone = state.Locks.Acquire(id);
        if (state.Endpoints.Find(id, out RecordPhase phase) is not { } record || phase is not RecordPhase.Done)
        {
            if (!state.Endpoints.Exists(id))
            {
                state.Locks.Remove(id);
            }
            return;
        }
        using HostLane lane = host.Rent();
        PortRecord[] own = [.. record.Ports.Where(port => port.HostPort == 0 || IsOwn(lane, record, port))];
        if (own.Length < record.Ports.Count)
        {
            state.Endpoints.Replace(id, record with { Ports = own });
            findings.Restored($"endpoint {record.Name}", [$"{record.Ports.Count - own.Length} of its ports had become another's before they were published"]);
        }
    }

    /// <summary>It is whose the kernel says. If it says nothing, because all who wrote it down died before they published it, it is the first one's.</summary>
    private bool IsOwn(HostLane lane, EndpointRecord record, PortRecord port) =>
        PublishedPorts.HolderOf(lane.Netfilter, port.ToPort()) is { } holder
            ? string.Equals(holder, record.Id, StringComparison.Ordinal)
            : !state.Endpoints.All().Any(other => other.Phase is RecordPhase.Done
                && string.CompareOrdinal(other.Record.Id, record.Id) < 0
                && other.Record.Ports.Any(theirs => KeyOf(theirs) == KeyOf(port)));

    private static (string, int, string) KeyOf(PortRecord port) => (port.HostAddress, port.HostPort, port.Protocol);
}
