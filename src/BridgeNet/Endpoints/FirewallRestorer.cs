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

    /// <summary>What the tables are to hold.</summary>
    private FirewallState Remembered()
    {
        Dictionary<string, NetworkRecord> networks = (
            from listed in state.Networks.List()
            where listed.Phase is not RecordPhase.Removing
            let network = state.Networks.Find(listed.Id, out _)
            where network is not null
            select network).ToDictionary(network => network.Name, StringComparer.Ordinal);
        EndpointRecord[] endpoints =
        [
            .. from listed in state.Endpoints.List()
               where listed.Phase is not RecordPhase.Removing
               let endpoint = state.Endpoints.Find(listed.Id, out _)
               where endpoint is not null && networks.ContainsKey(endpoint.Network)
               select endpoint,
        ];
        return new FirewallState
        {
            Networks = ValueList.From(networks.Values.Select(network => network.ToProtected())),
            Endpoints = ValueList.From(endpoints.SelectMany(endpoint => endpoint.ToProtected())),
            Publications = ValueList.From(endpoints.SelectMany(
                endpoint => endpoint.ToPublications(networks[endpoint.Network], endpoint.Ports.Select(EndpointMapping.ToPort)))),
        };
    }
}
