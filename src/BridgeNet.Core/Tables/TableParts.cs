using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>Sets and chains of a table, in few words.</summary>
internal static class TableParts
{
    /// <summary>A set of keys; with data types it is a map.</summary>
    public static NftSet Set(this NftTableId table, string name, params ReadOnlySpan<NftType> key) =>
        new() { Table = table, Name = name, KeyTypes = [.. key] };

    /// <summary>A set of key ranges.</summary>
    public static NftSet Ranges(this NftTableId table, string name, params ReadOnlySpan<NftType> key) =>
        table.Set(name, key) with { Flags = NftSetFlags.Interval };

    /// <summary>A chain to which rules and maps lead.</summary>
    public static NftChain Chain(this NftTableId table, string name) => new() { Table = table, Name = name };

    /// <summary>A chain that packets enter by themselves, and pass unless a rule says otherwise.</summary>
    public static NftChain BaseChain(this NftTableId table, string name, NftChainType type, NftHookPoint point, int priority) =>
        table.Chain(name) with { Type = type, Hook = new NftHook { Point = point, Priority = priority }, Policy = NftPolicy.Accept };
}
