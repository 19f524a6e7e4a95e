using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>A foreign set or map with its elements.</summary>
/// <param name="Set">The set.</param>
/// <param name="Elements">Its elements.</param>
internal sealed record ForeignSet(NftSet Set, IReadOnlyList<NftElement> Elements)
{
    /// <summary>The key types that we know of every packet of a network; sets with other keys need not be read.</summary>
    private static readonly HashSet<NftType> s_telling =
        [NftType.InterfaceName, NftType.InterfaceIndex, NftType.ConnectionState, NftType.ConnectionStatus, NftType.NetfilterProtocol];

    /// <summary>Whether its elements can match a network's packets.</summary>
    public static bool IsTelling(NftSet set) => set.KeyTypes.Any(s_telling.Contains);

    /// <summary>Looks a register up.</summary>
    /// <param name="registers">What the packet has.</param>
    /// <param name="key">Where the key lies.</param>
    /// <param name="found">The element, if there is one for sure.</param>
    /// <returns>Whether there is one; null if that is not known.</returns>
    public bool? TryFind(PacketRegisters registers, NftRegister key, out NftElement? found)
    {
        found = null;
        bool? isThere = Set.Flags.HasFlag(NftSetFlags.Interval) ? FindRange(registers, key, out found) : FindKey(registers, key, out found);
        if (isThere is false && Elements.FirstOrDefault(static element => element.Key.Length == 0) is { } rest)
        {
            found = rest;
            return true;
        }
        return isThere;
    }

    private bool? FindKey(PacketRegisters registers, NftRegister key, out NftElement? found)
    {
        bool? isThere = false;
        foreach (NftElement element in Elements.Where(static element => element.Key.Length > 0))
        {
            bool? equal = registers.Equal(key, element.Key);
            if (equal is true)
            {
                found = element;
                return true;
            }
            isThere = equal is null ? null : isThere;
        }
        found = null;
        return isThere;
    }

    /// <summary>Finds a key among plain ranges. Elements are sorted by their bytes; each range has one for its begin and one for its end.</summary>
    private bool? FindRange(PacketRegisters registers, NftRegister key, out NftElement? found)
    {
        found = null;
        NftElement[] bounds = [.. Elements.Where(static element => element.Key.Length > 0)];
        if (bounds.Length == 0)
        {
            return false;
        }
        if (bounds.Any(static bound => bound.KeyEnd is not null) || registers.Known(key, bounds[0].Key.Length) is not { } value)
        {
            return null;
        }
        found = bounds
            .Where(bound => bound.Key.Bytes.SequenceCompareTo(value.Bytes) <= 0)
            .Order(Comparer<NftElement>.Create(static (one, other) => Compare(one, other)))
            .LastOrDefault();
        found = found is { IsIntervalEnd: false } ? found : null;
        return found is not null;
    }

    /// <summary>If one range ends and the next begins at the same key, the begin counts.</summary>
    private static int Compare(NftElement one, NftElement other) =>
        one.Key.Bytes.SequenceCompareTo(other.Key.Bytes) is not 0 and var order ? order : other.IsIntervalEnd.CompareTo(one.IsIntervalEnd);
}
