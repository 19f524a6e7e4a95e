using System.Net;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// The constant part of <c>table inet netavark</c>, as netavark 1.17 writes it. It comes with the first network and stays, so that a host may go
/// from netavark to BridgeNet and back.
/// </summary>
internal static class NetavarkLayout
{
    /// <summary>The bit of the packet mark of what is masqueraded: published ports that are reached from inside.</summary>
    public const uint MasqueradeMark = 0x2000;

    /// <summary>inet netavark.</summary>
    public static NftTableId Table => new(NftFamily.Inet, "netavark");

    /// <summary>Where questions to the name server come in.</summary>
    public static NftChain Input { get; } = Table.BaseChain("INPUT", NftChainType.Filter, NftHookPoint.Input, NftPriority.Filter);

    /// <summary>What passes from network to network.</summary>
    public static NftChain Forward { get; } = Table.BaseChain("FORWARD", NftChainType.Filter, NftHookPoint.Forward, NftPriority.Filter);

    /// <summary>What leaves.</summary>
    public static NftChain Postrouting { get; } =
        Table.BaseChain("POSTROUTING", NftChainType.Nat, NftHookPoint.Postrouting, NftPriority.SourceNat);

    /// <summary>Published ports.</summary>
    public static NftChain Ports { get; } = Table.Chain("NETAVARK-HOSTPORT-DNAT");

    /// <summary>Marks what is to be masqueraded.</summary>
    public static NftChain Mark { get; } = Table.Chain("NETAVARK-HOSTPORT-SETMARK");

    /// <summary>What leaves isolated networks.</summary>
    public static NftChain Isolation1 { get; } = Table.Chain("NETAVARK-ISOLATION-1");

    /// <summary>Closed to networks that are isolated.</summary>
    public static NftChain Isolation2 { get; } = Table.Chain("NETAVARK-ISOLATION-2");

    /// <summary>Closed to networks that are strictly isolated.</summary>
    public static NftChain Isolation3 { get; } = Table.Chain("NETAVARK-ISOLATION-3");

    private static NftChain Prerouting { get; } =
        Table.BaseChain("PREROUTING", NftChainType.Nat, NftHookPoint.Prerouting, NftPriority.DestinationNat);

    private static NftChain Output { get; } = Table.BaseChain("OUTPUT", NftChainType.Nat, NftHookPoint.Output, NftPriority.DestinationNat);

    /// <summary>The chains. Each stands before the rules that jump to it.</summary>
    public static IReadOnlyList<NftChain> Chains { get; } =
        [Input, Forward, Postrouting, Prerouting, Output, Ports, Mark, Isolation1, Isolation2, Isolation3];

    /// <summary>The rules that are always there.</summary>
    public static IReadOnlyList<NftRule> Rules { get; } =
    [
        Forward.Rule().MatchState(CtStateFlags.Invalid).Drop(),
        Forward.Rule().Jump(Isolation1.Name),
        Postrouting.Rule().MatchMasked(NftField.Mark, NftValue.UInt32(MasqueradeMark), NftValue.UInt32(MasqueradeMark)).Masquerade(),
        Prerouting.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(Ports.Name),
        Output.Rule().Match(NftField.DestinationAddressType, FibAddressType.Local).Jump(Ports.Name),
        Mark.Rule()
            .Add(new MetaExpression { Key = MetaKey.Mark, Register = NftRegister.R1 })
            .Add(new BitwiseExpression
            {
                Source = NftRegister.R1,
                Target = NftRegister.R1,
                Length = sizeof(uint),
                Mask = NftValue.UInt32(~MasqueradeMark),
                Xor = NftValue.UInt32(MasqueradeMark),
            })
            .Add(new MetaSetExpression { Key = MetaKey.Mark, Register = NftRegister.R1 })
            .Build(),
        Isolation3.Rule().Jump(Isolation2.Name),
    ];

    /// <summary>The chain of a subnet's packets that leave.</summary>
    public static NftChain ChainOf(string networkId, IPNetwork subnet) => Table.Chain(NameOf(networkId, subnet));

    /// <summary>The chain of a subnet's published ports.</summary>
    public static NftChain PortsOf(string networkId, IPNetwork subnet) => Table.Chain($"{NameOf(networkId, subnet)}_dnat");

    private static string NameOf(string networkId, IPNetwork subnet)
    {
        string address = $"{subnet.BaseAddress}".Replace('.', '_').Replace(':', '-');
        return $"nv_{networkId.AsSpan(0, Math.Min(8, networkId.Length))}_{address}_nm{subnet.PrefixLength}";
    }
}
