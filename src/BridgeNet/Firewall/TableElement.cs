using System.Runtime.InteropServices;

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
    /// <summary>What tells it from others of the table.</summary>
    public (NftTableId, string, NftValue, NftValue?, bool) Identity => (Table, Set, Element.Key, Element.KeyEnd, Element.IsIntervalEnd);
}
