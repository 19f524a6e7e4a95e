using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Adds owners' elements to <c>table inet bridgenet_cni</c> and removes them. The table exists while it has elements.</summary>
internal static class CniTable
{
    /// <summary>Whether the table exists.</summary>
    public static bool Exists(NetfilterSocket netfilter) => netfilter.TryGetTable(CniLayout.Table) is not null;

    /// <summary>Adds elements; existing ones stay as they are.</summary>
    /// <exception cref="CniException">999: another owner has an exclusive one.</exception>
    public static void Add(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<TableElement> elements)
    {
        if (TryAdd(netfilter, owner, elements))
        {
            return;
        }
        try
        {
            // if the same container has the port by another network, Sort makes it a spare
            RulesetRetry.Change(netfilter, transaction => Add(netfilter, transaction, owner, SparePorts.Sort(netfilter, owner, elements)));
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            throw Taken(netfilter, elements, error);
        }
    }

    /// <summary>Adds elements; existing ones stay as they are.</summary>
    /// <returns>False if an exclusive one exists; then nothing was added.</returns>
    public static bool TryAdd(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<TableElement> elements)
    {
        try
        {
            RulesetRetry.Change(netfilter, transaction => Add(netfilter, transaction, owner, elements));
            return true;
        }
        catch (NetlinkException taken) when (taken.Errno is Errno.EEXIST)
        {
            return false;
        }
    }

    /// <summary>Removes an owner's elements from some sets.</summary>
    public static void Remove(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<string> sets) =>
        Remove(netfilter, sets, tag => string.Equals(tag, owner.Tag, StringComparison.Ordinal));

    /// <summary>Removes elements of a network that belong to no valid attachment from some sets.</summary>
    public static void RemoveAllBut(
        NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid, IReadOnlyCollection<string> sets) =>
        Remove(netfilter, sets, tag => CniOwner.IsGarbage(tag, network, valid));

    /// <summary>Whether an owner has elements in some sets. Also true if other programs change them too often to read them.</summary>
    public static bool HasAny(NetfilterSocket netfilter, CniOwner owner, IEnumerable<string> sets)
    {
        try
        {
            return Exists(netfilter)
                && sets.SelectMany(set => netfilter.ListElements(CniLayout.Table, set))
                    .Any(element => string.Equals(element.Comment, owner.Tag, StringComparison.Ordinal));
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EINTR)
        {
            return error.Errno is Errno.EINTR; // otherwise the table went meanwhile, with the last container
        }
    }

    /// <summary>Whether all elements exist and belong to an owner.</summary>
    public static bool Has(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<TableElement> elements) =>
        Exists(netfilter)
        && elements.All(wanted =>
            netfilter.TryGetElement(CniLayout.Table, wanted.Set, wanted.Element.Key) is { } found
            && string.Equals(found.Comment, owner.Tag, StringComparison.Ordinal));

    /// <summary>Adds elements together with other changes, and the table if it is missing; existing elements stay as they are.</summary>
    public static void Add(NetfilterSocket netfilter, NftTransaction transaction, CniOwner owner, IEnumerable<TableElement> elements)
    {
        if (!Exists(netfilter))
        {
            CniLayout.Layout.Create(transaction);
        }
        string tag = owner.Tag;
        transaction.AddElements([.. elements.Select(element => element with { Element = element.Element with { Comment = tag } })]);
    }

    private static void Remove(NetfilterSocket netfilter, IReadOnlyCollection<string> sets, Func<string?, bool> isMeant)
    {
        if (!Exists(netfilter))
        {
            return;
        }
        RulesetRetry.Change(netfilter, transaction =>
        {
            if (!Exists(netfilter))
            {
                return;
            }
            Dictionary<string, ILookup<bool, NftElement>> elements = CniLayout.OwnedSets.ToDictionary(
                set => set,
                set => netfilter.ListElements(CniLayout.Table, set)
                    .ToLookup(element => sets.Contains(set, StringComparer.Ordinal) && isMeant(element.Comment)),
                StringComparer.Ordinal);
            foreach ((string set, ILookup<bool, NftElement> lookup) in elements.Where(pair => pair.Value[true].Any()))
            {
                transaction.DeleteElements(CniLayout.Table, set, lookup[true].ToArray());
            }
            if (elements.Values.All(lookup => !lookup[false].Any()))
            {
                transaction.DeleteTable(CniLayout.Table);
                return;
            }
            foreach (CniSets family in CniSets.All)
            {
                TableElement[] going =
                [
                    .. from set in new[] { family.Ports, family.PortsAny }
                       from element in elements[set][true]
                       select CniLayout.Element(set, element),
                ];
                foreach ((NftElement spare, TableElement port) in SparePorts.TakeOver(going, [.. elements[family.Spare][false]], family))
                {
                    transaction.DeleteElements(CniLayout.Table, family.Spare, [spare]);
                    transaction.AddElements(CniLayout.Table, port.Set, [port.Element]);
                }
            }
        });
    }

    private static CniException Taken(NetfilterSocket netfilter, IEnumerable<TableElement> elements, NetlinkException error)
    {
        foreach (TableElement wanted in elements.Where(element => element.IsExclusive))
        {
            if (netfilter.TryGetElement(CniLayout.Table, wanted.Set, wanted.Element.Key) is { Comment: { } holder }
                && holder.Split(' ') is [string network, string container, ..])
            {
                ReadOnlySpan<byte> key = wanted.Element.Key.Bytes;
                int port = (key[^4] << 8) | key[^3];
                return new CniException(
                    CniErrorCode.Internal,
                    $"port {port} is taken by container {container} of network {network}: choose another port, or delete that attachment",
                    innerException: error);
            }
        }
        return new CniException(CniErrorCode.Internal, error.Message, innerException: error);
    }
}
