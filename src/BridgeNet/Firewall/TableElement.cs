using System.Runtime.InteropServices;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

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

    /// <summary>What tells it from others of the table. A range's bounds are other ones if the range is longer or shorter: the kernel moves no bound.</summary>
    public (NftTableId, string, NftValue, NftValue?, bool) Identity => (Table, Set, Element.Key, OtherBound ?? Element.KeyEnd, Element.IsIntervalEnd);

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
    public static IEnumerable<TableElement> OfSet(NftSet set, IReadOnlyList<NftElement> elements)
    {
        if (set.KeyTypes.Count > 1 || (set.Flags & NftSetFlags.Interval) is NftSetFlags.None)
        {
            return elements.Select(element => new TableElement(set.Table, set.Name, element));
        }
        NftElement[] bounds = [.. elements.OrderBy(element => element.Key, NftValueOrder.Instance).ThenBy(element => !element.IsIntervalEnd)];
        return bounds.Select((bound, i) => new TableElement(set.Table, set.Name, bound)
        {
            OtherBound = bound.IsIntervalEnd ? (i > 0 ? bounds[i - 1].Key : null) : i + 1 < bounds.Length && bounds[i + 1].IsIntervalEnd ? bounds[i + 1].Key : null,
        });
    }
}
