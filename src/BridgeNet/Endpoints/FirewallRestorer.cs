using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Makes the whole table anew from what the state remembers, in one transaction: the first time, and after somebody flushed the ruleset.</summary>
internal sealed class FirewallRestorer(StateDirectory state)
{
    private const string LockName = "firewall";

    /// <summary>How often the table is made anew because it is gone again.</summary>
    private const int Attempts = 3;

    /// <summary>Does something to the table, made first if there is none: for the first network, and after somebody flushed the ruleset.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="tryChange">What to do; false if there is no table.</param>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or something else has the table's name.</exception>
    public void Change(NetfilterSocket netfilter, Func<bool> tryChange)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (tryChange())
            {
                return;
            }
            Restore(netfilter);
        }
        throw new FirewallUnavailableException("parts of the table inet bridgenet are gone: delete the rest of it (nft delete table inet bridgenet), and it is made anew");
    }

    private void Restore(NetfilterSocket netfilter)
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        if (!FirewallTable.IsThere(netfilter))
        {
            FirewallTable.Create(netfilter, Remembered());
        }
    }

    /// <summary>What the table is to hold.</summary>
    private FirewallState Remembered() => new()
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
