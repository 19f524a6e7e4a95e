using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Makes the whole table anew from what the state remembers, in one transaction: the first time, and after somebody flushed the ruleset.</summary>
internal sealed class FirewallRestorer(StateDirectory state)
{
    /// <summary>Makes the table; a concurrent restorer that was faster has done the same work.</summary>
    public void Restore(NetfilterSocket netfilter) => FirewallTable.Create(netfilter, Remembered());

    /// <summary>What the table is to hold.</summary>
    public FirewallState Remembered() => new()
    {
        Networks = ValueList.From(
            from listed in state.Networks.List()
            where listed.Phase is not RecordPhase.Removing
            let network = state.Networks.Find(listed.Id, out _)
            where network is not null
            select new ProtectedNetwork(InterfaceName.Parse(network.Device), IPNetwork.Parse(network.Subnet))),
        Publications = ValueList.From(
            from listed in state.Endpoints.List()
            where listed.Phase is not RecordPhase.Removing
            let endpoint = state.Endpoints.Find(listed.Id, out _)
            where endpoint is not null
            from port in endpoint.Ports
            select new Publication(endpoint.ContainerAddress(), port.ToPort(), endpoint.Id)),
    };
}
