using BridgeNet.Endpoints;
using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Networks;
using BridgeNet.Repairs;
using BridgeNet.State;

namespace BridgeNet.Watching;

/// <summary>Makes the kernel's state what the records say: networks first, then endpoints, then the packet rules, which the others' ends have changed.</summary>
internal sealed class Repairer(StateDirectory state, HostSockets host, NetworkLifecycle networks)
{
    private readonly EndpointRepair _endpoints = new(state, host);
    private readonly PortArbiter _ports = new(state, host);
    private readonly NetworkRepair _networks = new(state, host, networks);
    private readonly FirewallRestorer _rules = new(state);

    /// <summary>Makes lost records anew from what the kernel knows, then repairs.</summary>
    public RepairReport Rebuild()
    {
        RepairFindings findings = new();
        using (HostLane lane = host.Rent())
        {
            RecalledRules rules = RecalledRules.Read(lane.Netfilter);
            new NetworkRebuild(state).Rebuild(lane, rules, findings);
            new EndpointRebuild(state).Rebuild(lane, rules, findings);
        }
        return Repair(RepairScope.Everything, findings);
    }

    /// <summary>Repairs.</summary>
    /// <param name="scope">Into which containers to look.</param>
    public RepairReport Repair(RepairScope scope) => Repair(scope, new RepairFindings());

    private RepairReport Repair(RepairScope scope, RepairFindings findings)
    {
        _ports.Settle(findings); // before the rules are made what the records say
        IReadOnlyList<string> damages = MendRules(findings); // what concerns most packets first
        int found = findings.Count;
        _networks.Repair(findings);
        _endpoints.Repair(scope, findings);
        if (findings.Count > found)
        {
            damages = MendRules(findings);
        }
        foreach (string damage in damages)
        {
            findings.Beyond("state", damage);
        }
        return findings.ToReport();
    }

    /// <returns>What is wrong with records that cannot be read, a line each.</returns>
    private IReadOnlyList<string> MendRules(RepairFindings findings)
    {
        using HostLane lane = host.Rent();
        try
        {
            findings.Restored(_rules.Restore(lane.Netfilter, out IReadOnlyList<string> damages));
            return damages;
        }
        catch (BridgeNetException error) when (error is FirewallUnavailableException or NetlinkException)
        {
            findings.Beyond("packet rules", error.Message);
            return _rules.Remember().Damages;
        }
    }
}
