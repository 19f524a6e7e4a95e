using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Makes the tables what the state remembers, in one transaction: the first time, and after somebody flushed the ruleset or a part of it.</summary>
internal sealed class FirewallRestorer(StateDirectory state)
{
    private const string LockName = "firewall";

    /// <summary>How often the tables are made anew because something of them is gone again.</summary>
    private const int Attempts = 3;

    /// <summary>Does something to the tables, which are mended first if it cannot be done: for the first network, and after somebody flushed the ruleset.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="tryChange">What to do; false if there is no table, or no such set.</param>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or something else has the table's name.</exception>
    public void Change(NetfilterSocket netfilter, Func<bool> tryChange)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (tryChange())
            {
                return;
            }
            _ = Restore(netfilter);
        }
        throw new FirewallUnavailableException("parts of the table inet bridgenet are gone again and again: somebody deletes them (nft monitor tells who)");
    }

    /// <summary>Makes the tables what they are to be; what is right stays as it is.</summary>
    /// <returns>What was wrong, a line each.</returns>
    public IReadOnlyList<string> Restore(NetfilterSocket netfilter) => Restore(netfilter, out _);

    /// <summary>Makes the tables what they are to be; what is right stays as it is.</summary>
    /// <param name="netfilter">The socket.</param>
    /// <param name="damages">What is wrong with records that cannot be read, a line each.</param>
    /// <returns>What was wrong, a line each.</returns>
    public IReadOnlyList<string> Restore(NetfilterSocket netfilter, out IReadOnlyList<string> damages)
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        FirewallMemory? last = null;
        IReadOnlyList<string> faults = FirewallAudit.Settle(netfilter, () => last = Remember());
        damages = last?.Damages ?? [];
        return faults;
    }

    /// <summary>What the tables are to hold.</summary>
    public FirewallMemory Remember()
    {
        List<string> damages = [];
        (NetworkRecord Record, RecordPhase Phase)[] networks = [.. state.Networks.All(damages)];
        Dictionary<string, NetworkRecord> byName = networks.ToDictionary(network => network.Record.Name, network => network.Record, StringComparer.Ordinal);
        (EndpointRecord Record, RecordPhase Phase)[] endpoints = [.. state.Endpoints.All(damages).Where(endpoint => byName.ContainsKey(endpoint.Record.Network))];
        return new FirewallMemory(Of(RecordPhase.Done), Of(RecordPhase.Intent), Of(RecordPhase.Removing), damages);

        FirewallState Of(RecordPhase phase)
        {
            EndpointRecord[] members = [.. endpoints.Where(endpoint => endpoint.Phase == phase).Select(endpoint => endpoint.Record)];
            return new FirewallState
            {
                Networks = ValueList.From(networks.Where(network => network.Phase == phase).Select(network => network.Record.ToProtected())),
                Endpoints = ValueList.From(members.SelectMany(endpoint => endpoint.ToProtected())),
                Publications = ValueList.From(members.SelectMany(
                    endpoint => endpoint.ToPublications(byName[endpoint.Network], endpoint.Ports.Select(EndpointMapping.ToPort)))),
            };
        }
    }
}
