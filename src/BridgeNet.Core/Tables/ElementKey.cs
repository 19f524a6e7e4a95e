using System.Runtime.InteropServices;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>What tells an element from others of its set. A range of other bounds is another element: the kernel moves no bound.</summary>
/// <param name="Key">The key, or where its range begins.</param>
/// <param name="End">The last key of its range, or in sets of plain ranges the key of its other bound; null if there is none.</param>
/// <param name="IsIntervalEnd">Whether it ends a plain range.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ElementKey(NftValue Key, NftValue? End, bool IsIntervalEnd)
{
    /// <summary>By the bytes of the keys, which differ most: it is asked for tens of thousands of elements.</summary>
    public override int GetHashCode() => (Key.GetHashCode() * 31) + (End is { } end ? end.GetHashCode() : 0) + (IsIntervalEnd ? 1 : 0);
}
