using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Collects what a repair, or a check, finds.</summary>
/// <param name="mends">Whether what is wrong is mended, too: a check changes nothing.</param>
internal sealed class RepairFindings(bool mends = true)
{
    private readonly List<RepairFinding> _findings = [];

    /// <summary>Whether what is wrong is mended, too.</summary>
    public bool Mends { get; } = mends;

    /// <summary>The number of things restored or ended so far.</summary>
    public int Count => _findings.Count(finding => finding.Kind is not RepairKind.BeyondRepair);

    /// <summary>Reports what was wrong with the packet rules.</summary>
    public void Restored(IEnumerable<string> faults) =>
        _findings.AddRange(faults.Select(fault => new RepairFinding(RepairKind.Restored, fault)));

    /// <summary>Reports what was wrong with a network.</summary>
    public void Restored(NetworkState network, IEnumerable<string> faults) =>
        _findings.AddRange(faults.Select(fault => new RepairFinding(RepairKind.Restored, fault) { Network = network.Name }));

    /// <summary>Reports what was wrong with an endpoint.</summary>
    public void Restored(EndpointState endpoint, params IEnumerable<string> faults) => _findings.AddRange(faults.Select(
        fault => new RepairFinding(RepairKind.Restored, fault) { Network = endpoint.Network, Endpoint = endpoint.Name }));

    /// <summary>Reports an endpoint that was ended.</summary>
    public void Ended(EndpointState endpoint) =>
        _findings.Add(new RepairFinding(RepairKind.Ended, "its namespace is gone") { Network = endpoint.Network, Endpoint = endpoint.Name });

    /// <summary>Reports something that stays wrong.</summary>
    public void Beyond(string why) => Beyond(new RepairFinding(RepairKind.BeyondRepair, why));

    /// <summary>Reports something that stays wrong with a network.</summary>
    public void Beyond(NetworkState network, string why) => Beyond(new RepairFinding(RepairKind.BeyondRepair, why) { Network = network.Name });

    /// <summary>Reports something that stays wrong with an endpoint.</summary>
    public void Beyond(EndpointState endpoint, string why) =>
        Beyond(new RepairFinding(RepairKind.BeyondRepair, why) { Network = endpoint.Network, Endpoint = endpoint.Name });

    /// <summary>Reports something that stays wrong with an endpoint that has no record.</summary>
    public void BeyondUnrecorded(string endpoint, string why) => Beyond(new RepairFinding(RepairKind.BeyondRepair, why) { Endpoint = endpoint });

    /// <summary>Adds what another look found.</summary>
    public void Add(RepairFindings other) => _findings.AddRange(other._findings);

    /// <summary>The report.</summary>
    public RepairReport ToReport() => new() { Findings = ValueList.From(_findings) };

    private void Beyond(RepairFinding finding)
    {
        if (!_findings.Contains(finding)) // both looks at the rules may come upon it
        {
            _findings.Add(finding);
        }
    }
}
