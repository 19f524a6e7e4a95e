using System.Runtime.InteropServices;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>The elements that a table is to hold, by set, as it is compared with them.</summary>
internal sealed class TableExpectation
{
    private readonly NftTableId _table;
    private readonly TableContent? _there;
    private readonly Dictionary<string, Dictionary<ElementKey, NftElement>> _wanted = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<ElementIdentity>> _passing;
    private readonly Lazy<bool> _keepsStrays;

    /// <summary>Nothing as yet.</summary>
    /// <param name="table">The table.</param>
    /// <param name="there">The table as it is, which tells how many elements there will be; null if it is not there.</param>
    /// <param name="passing">What may be there and need not be.</param>
    /// <param name="keepsStrays">Whether what nobody wants stays, because somebody who is not known may want it; asked if there is such.</param>
    public TableExpectation(NftTableId table, TableContent? there, IEnumerable<TableElement> passing, Func<bool> keepsStrays)
    {
        _table = table;
        _there = there;
        _passing = new Lazy<HashSet<ElementIdentity>>(() => [.. passing.Select(element => element.Identity)]);
        _keepsStrays = new Lazy<bool>(keepsStrays);
    }

    /// <summary>An element is to be there. Of one that is wanted twice, the first counts.</summary>
    /// <returns>False if it is another table's.</returns>
    public bool TryWant(in TableElement element)
    {
        if (element.Table != _table)
        {
            return false;
        }
        ref Dictionary<ElementKey, NftElement>? set = ref CollectionsMarshal.GetValueRefOrAddDefault(_wanted, element.Set, out _);
        set ??= new(_there?.ElementsOf.GetValueOrDefault(element.Set)?.Length ?? 0);
        _ = set.TryAdd(element.Key, element.Element);
        return true;
    }

    /// <summary>Takes an element that is there off what is wanted.</summary>
    /// <returns>How it is wanted; null if it is not.</returns>
    public TableElement? Take(in TableElement there) =>
        _wanted.TryGetValue(there.Set, out Dictionary<ElementKey, NftElement>? set) && set.Remove(there.Key, out NftElement? wanted)
            ? there with { Element = wanted }
            : null;

    /// <summary>Whether an element that is not wanted may be there.</summary>
    public bool MayStay(in TableElement there) => _passing.Value.Contains(there.Identity) || _keepsStrays.Value;

    /// <summary>What is wanted and was not taken.</summary>
    public IEnumerable<TableElement> Missing() =>
        from set in _wanted
        from element in set.Value
        select new TableElement(_table, set.Key, element.Value) { OtherBound = element.Value.KeyEnd is null ? element.Key.End : null };
}
