using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Adds owners' elements to <c>table inet bridgenet_cni</c> and takes them away; the table comes with the first and goes with the last.</summary>
internal static class CniTable
{
    /// <summary>The name by which configurations ask for it.</summary>
    public const string Backend = "nftables";

    /// <summary>Whether the table is there.</summary>
    public static bool Exists(NetfilterSocket netfilter) => netfilter.TryGetTable(CniLayout.Table) is not null;

    /// <summary>Adds elements; those that are there already stay as they are.</summary>
    /// <exception cref="CniException">999: an exclusive one is somebody else's.</exception>
    public static void Add(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<CniElement> elements)
    {
        if (TryAdd(netfilter, owner, elements))
        {
            return;
        }
        try
        {
            RuleEdit.Run(netfilter, changes => Add(netfilter, changes, owner, SparePorts.Sort(netfilter, owner, elements))); // perhaps by the same container
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            throw Taken(netfilter, elements, error);
        }
    }

    /// <summary>Adds elements; those that are there already stay as they are.</summary>
    /// <returns>False if an exclusive one is there: then nothing was added.</returns>
    public static bool TryAdd(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<CniElement> elements)
    {
        try
        {
            RuleEdit.Run(netfilter, changes => Add(netfilter, changes, owner, elements));
            return true;
        }
        catch (NetlinkException taken) when (taken.Errno is Errno.EEXIST)
        {
            return false;
        }
    }

    /// <summary>Takes an owner's elements out of some sets.</summary>
    public static void Remove(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<string> sets) =>
        Remove(netfilter, sets, tag => string.Equals(tag, owner.Tag, StringComparison.Ordinal));

    /// <summary>Takes what is of a network and of no valid attachment out of some sets.</summary>
    public static void RemoveAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid, IReadOnlyCollection<string> sets) =>
        Remove(netfilter, sets, tag => CniOwner.IsGarbage(tag, network, valid));

    /// <summary>Whether an owner has elements in some sets; perhaps, if others change them without end.</summary>
    public static bool HasAny(NetfilterSocket netfilter, CniOwner owner, IEnumerable<string> sets)
    {
        try
        {
            return Exists(netfilter)
                && sets.Any(set => netfilter.ListElements(CniLayout.Table, set).Any(element => string.Equals(element.Comment, owner.Tag, StringComparison.Ordinal)));
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EINTR)
        {
            return error.Errno is Errno.EINTR; // else the table went meanwhile, with the last container
        }
    }

    /// <summary>Whether elements are all there, and an owner's.</summary>
    public static bool Has(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<CniElement> elements) =>
        Exists(netfilter)
        && elements.All(wanted => netfilter.TryGetElement(CniLayout.Table, wanted.Set, wanted.Element.Key) is { } found && string.Equals(found.Comment, owner.Tag, StringComparison.Ordinal));

    /// <summary>Adds elements with other changes, and the table unless it is there; those that are there already stay as they are.</summary>
    public static void Add(NetfilterSocket netfilter, RuleChanges changes, CniOwner owner, IEnumerable<CniElement> elements)
    {
        Ensure(netfilter, changes);
        foreach (IGrouping<(string Set, bool IsExclusive), CniElement> group in elements.GroupBy(element => (element.Set, element.IsExclusive)))
        {
            NftElement[] owned = [.. group.Select(element => element.Element with { Comment = owner.Tag })];
            changes.AddElements(CniLayout.Table, group.Key.Set, owned, group.Key.IsExclusive);
        }
    }

    private static void Ensure(NetfilterSocket netfilter, RuleChanges changes)
    {
        if (Exists(netfilter))
        {
            return;
        }
        changes.AddTable(new NftTable { Id = CniLayout.Table });
        foreach (NftSet set in CniLayout.Sets)
        {
            changes.AddSet(set);
        }
        foreach (NftChain chain in CniLayout.Chains)
        {
            changes.AddChain(chain);
        }
        foreach (NftRule rule in CniLayout.Rules)
        {
            changes.AddRule(rule);
        }
    }

    private static void Remove(NetfilterSocket netfilter, IReadOnlyCollection<string> sets, Func<string?, bool> isMeant)
    {
        if (!Exists(netfilter))
        {
            return;
        }
        RuleEdit.Run(netfilter, changes =>
        {
            if (!Exists(netfilter))
            {
                return;
            }
            Dictionary<string, ILookup<bool, NftElement>> elements = CniLayout.OwnedSets.ToDictionary(
                set => set,
                set => netfilter.ListElements(CniLayout.Table, set).ToLookup(element => sets.Contains(set, StringComparer.Ordinal) && isMeant(element.Comment)),
                StringComparer.Ordinal);
            foreach ((string set, ILookup<bool, NftElement> lookup) in elements.Where(pair => pair.Value[true].Any()))
            {
                changes.DeleteElements(CniLayout.Table, set, lookup[true].ToArray());
            }
            if (elements.Values.All(lookup => !lookup[false].Any()))
            {
                changes.DeleteTable(CniLayout.Table);
                return;
            }
            foreach (CniSets family in CniSets.All)
            {
                CniElement[] going = [.. new[] { family.Ports, family.PortsAny }.SelectMany(set => elements[set][true].Select(element => new CniElement(set, element)))];
                foreach ((NftElement spare, CniElement port) in SparePorts.TakeOver(going, [.. elements[family.Spare][false]], family))
                {
                    changes.DeleteElements(CniLayout.Table, family.Spare, [spare]);
                    changes.AddElements(CniLayout.Table, port.Set, [port.Element]);
                }
            }
        });
    }

    private static CniException Taken(NetfilterSocket netfilter, IEnumerable<CniElement> elements, NetlinkException error)
    {
        foreach (CniElement wanted in elements.Where(element => element.IsExclusive))
        {
            if (netfilter.TryGetElement(CniLayout.Table, wanted.Set, wanted.Element.Key) is { Comment: { } holder } && holder.Split(' ') is [string network, string container, ..])
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
