using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The reference layout's chains for one container each, in the nat tables of both families, and the rules that jump to them.</summary>
/// <param name="entrance">The chain whose rules jump to them.</param>
/// <param name="nameOf">Gives the name of a container's chain from the network and the container.</param>
internal sealed class ContainerChains(string entrance, Func<string, string, string> nameOf)
{
    /// <summary>Makes a container's chain, or empties it if it exists.</summary>
    /// <returns>Its name.</returns>
    public string Renew(IptablesTable table, CniOwner owner)
    {
        string chain = nameOf(owner.Network, owner.ContainerId);
        if (!table.EnsureChain(chain))
        {
            DeleteEntries(table, chain);
            table.Flush(chain);
        }
        return chain;
    }

    /// <summary>Deletes a container's chains; does nothing if there are none.</summary>
    public void Remove(NetfilterSocket netfilter, CniOwner owner) => Remove(netfilter, table =>
    {
        string chain = nameOf(owner.Network, owner.ContainerId);
        return table.Chains.Contains(chain, StringComparer.Ordinal) ? [chain] : [];
    });

    /// <summary>Deletes the chains of a network that belong to no valid container.</summary>
    public void RemoveAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) => Remove(netfilter, table =>
    [
        .. from rule in table.RulesOf(entrance)
           let container = ReferenceChain.ContainerOf(IptablesTable.CommentOf(rule), network)
           where container is not null && !valid.Any(owner => string.Equals(owner.ContainerId, container, StringComparison.Ordinal))
           select nameOf(network, container),
    ]);

    private void Remove(NetfilterSocket netfilter, Func<IptablesTable, IReadOnlyCollection<string>> find) =>
        RulesetRetry.Change(netfilter, transaction =>
        {
            foreach (NftFamily family in (ReadOnlySpan<NftFamily>)[NftFamily.IPv4, NftFamily.IPv6])
            {
                IptablesTable table = new(netfilter, transaction, family, "nat");
                foreach (string chain in table.Exists ? find(table).Distinct(StringComparer.Ordinal) : [])
                {
                    DeleteEntries(table, chain);
                    table.DeleteChain(chain);
                }
            }
        });

    private void DeleteEntries(IptablesTable table, string chain) =>
        table.Delete(entrance, rule => string.Equals(IptablesTable.TargetOf(rule), chain, StringComparison.Ordinal));
}
