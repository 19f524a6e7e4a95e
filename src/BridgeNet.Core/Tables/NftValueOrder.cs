using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>Values in the order of their bytes, as the kernel has ranges.</summary>
internal sealed class NftValueOrder : IComparer<NftValue>
{
    /// <summary>The one.</summary>
    public static NftValueOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(NftValue x, NftValue y) => x.Bytes.SequenceCompareTo(y.Bytes);
}
