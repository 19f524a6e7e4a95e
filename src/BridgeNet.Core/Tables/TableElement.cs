using System.Runtime.InteropServices;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>An element and the set or map that it stands in.</summary>
/// <param name="Table">The table.</param>
/// <param name="Set">The set or map.</param>
/// <param name="Element">The element.</param>
/// <param name="IsExclusive">Whether it is to be refused if it is there: it belongs to one owner.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TableElement(NftTableId Table, string Set, NftElement Element, bool IsExclusive = false)
{
    /// <summary>In sets of plain ranges, where a range is two elements, the key of the other; null elsewhere, and if the range has no end.</summary>
    public NftValue? OtherBound { get; init; }

    /// <summary>What tells it from others of its set.</summary>
    public ElementKey Key => new(Element.Key, OtherBound ?? Element.KeyEnd, Element.IsIntervalEnd);

    /// <summary>What tells it from all others.</summary>
    public ElementIdentity Identity => new(Table, Set, Key);

    /// <summary>Whether it stands in the same set as another.</summary>
    public bool IsOfSet(in TableElement other) => string.Equals(Set, other.Set, StringComparison.Ordinal) && Table == other.Table;

    /// <summary>A plain range of a set.</summary>
    /// <param name="table">The table.</param>
    /// <param name="set">The set or map.</param>
    /// <param name="bounds">Where it begins, and if values follow, where it has ended.</param>
    /// <param name="isExclusive">Whether it is to be refused if it is there.</param>
    public static IEnumerable<TableElement> OfRange(NftTableId table, string set, ValueList<NftElement> bounds, bool isExclusive = false)
    {
        for (int i = 0; i < bounds.Count; i++)
        {
            yield return new TableElement(table, set, bounds[i], isExclusive) { OtherBound = bounds.Count > 1 ? bounds[1 - i].Key : null };
        }
    }

    /// <summary>The elements of a set as the kernel lists them, of which those of plain ranges know each other.</summary>
    public static TableElement[] OfSet(NftSet set, IReadOnlyList<NftElement> elements)
    {
        TableElement[] all = new TableElement[elements.Count];
        if (set.KeyTypes.Count > 1 || (set.Flags & NftSetFlags.Interval) is NftSetFlags.None)
        {
            for (int i = 0; i < all.Length; i++)
            {
                all[i] = new TableElement(set.Table, set.Name, elements[i]);
            }
            return all;
        }
        NftElement[] bounds = [.. elements];
        BoundOrder.Sort(bounds);
        for (int i = 0; i < all.Length; i++)
        {
            int other = bounds[i].IsIntervalEnd ? i - 1 : i + 1 < bounds.Length && bounds[i + 1].IsIntervalEnd ? i + 1 : -1;
            all[i] = new TableElement(set.Table, set.Name, bounds[i]) { OtherBound = other < 0 ? null : bounds[other].Key };
        }
        return all;
    }
}
