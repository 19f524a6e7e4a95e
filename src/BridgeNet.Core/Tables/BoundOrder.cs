using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>The order of plain ranges' bounds: by their bytes, and where one range ends and the next begins, the end first.</summary>
internal static class BoundOrder
{
    /// <summary>Puts bounds into their order. The kernel lists them backwards, which takes one walk to turn round.</summary>
    public static void Sort(NftElement[] bounds)
    {
        Array.Reverse(bounds);
        for (int i = 1; i < bounds.Length; i++)
        {
            if (Compare(bounds[i - 1], bounds[i]) > 0)
            {
                Array.Sort(bounds, Compare);
                return;
            }
        }
    }

    private static int Compare(NftElement one, NftElement other) =>
        one.Key.Bytes.SequenceCompareTo(other.Key.Bytes) is not 0 and var order ? order : other.IsIntervalEnd.CompareTo(one.IsIntervalEnd);
}
