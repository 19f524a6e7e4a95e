using System.Runtime.InteropServices;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>What tells an element from all others: its place, and its key there.</summary>
/// <param name="Table">The table.</param>
/// <param name="Set">The set or map.</param>
/// <param name="Key">Its key in it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ElementIdentity(NftTableId Table, string Set, ElementKey Key)
{
    /// <summary>By the key; sets that hold the same keys have names of other lengths, or nothing is lost but a comparison.</summary>
    public override int GetHashCode() => (Key.GetHashCode() * 31) + Set.Length;
}
