using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Chains of the reference's layout that belong to one container each, in both tables nat, and the rules that lead there.</summary>
/// <param name="entrance">The chain whose rules lead to them.</param>
/// <param name="nameOf">The name of a container's chain, by the network and the container.</param>
internal sealed class ContainerChains(string entrance, Func<string, string, string> nameOf)
{
    /// <summary>Makes a container's chain, or empties it if it is there.</summary>
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

    /// <summary>Deletes a container's chains; content if they are gone.</summary>
    public void Remove(NetfilterSocket netfilter, CniOwner owner) => Remove(netfilter, table =>
    {
        string chain = nameOf(owner.Network, owner.ContainerId);
        return table.Chains.Contains(chain, StringComparer.Ordinal) ? [chain] : [];
    });

    /// <summary>Deletes those of a network and of no valid container.</summary>
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
