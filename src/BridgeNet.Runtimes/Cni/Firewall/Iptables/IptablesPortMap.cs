using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>Published ports in the reference's layout: for each container a chain, three rules a port, and a jump for every 15 ports.</summary>
internal static class IptablesPortMap
{
    private const string Entrance = ReferenceChain.PortsEntrance;
    private const string SetMark = "CNI-HOSTPORT-SETMARK";
    private const string MasqueradeMarked = "CNI-HOSTPORT-MASQ";

    private static readonly ContainerChains s_chains = new(Entrance, ReferenceChain.DestinationNat);
    private static readonly bool[] s_families = [false, true];
    private static readonly IPNetwork s_localhost = IPNetwork.Parse("127.0.0.1/32");

    /// <summary>Publishes a container's ports, in place of those that it published for this network before.</summary>
    /// <exception cref="CniException">999: another container has a port.</exception>
    public static void Add(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request) => RulesetRetry.Change(netfilter, transaction =>
    {
        foreach (bool isIPv6 in s_families)
        {
            AddressFamily family = isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
            if (request.ContainerOf(isIPv6) is { } container && request.Mappings.Any(mapping => mapping.IsOf(family)))
            {
                IptablesTable table = new(netfilter, transaction, isIPv6 ? NftFamily.IPv6 : NftFamily.IPv4, "nat");
                PublishedPortRules.CheckFree(table, Entrance, owner, [.. request.Mappings.Where(mapping => mapping.IsOf(family))]);
                table.EnsureBase();
                EnsureFrame(table, request);
                string chain = s_chains.Renew(table, owner);
                AddEntries(table, owner, chain, request, family);
                foreach (PortMapping mapping in request.Mappings.Where(mapping => mapping.IsOf(family)))
                {
                    AddPort(table, chain, request, mapping, container);
                }
            }
        }
    });

    /// <summary>Unpublishes a container's ports; does nothing if there are none.</summary>
    public static void Remove(NetfilterSocket netfilter, CniOwner owner) => s_chains.Remove(netfilter, owner);

    /// <summary>Removes what belongs to a network but to no valid container.</summary>
    public static void RemoveAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid) =>
        s_chains.RemoveAllBut(netfilter, network, valid);

    /// <summary>Whether all of a container's ports are published.</summary>
    public static bool IsThere(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request) => s_families.All(isIPv6 =>
    {
        AddressFamily family = isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        PortMapping[] mappings = [.. request.Mappings.Where(mapping => mapping.IsOf(family))];
        if (request.ContainerOf(isIPv6) is null || mappings.Length == 0)
        {
            return true;
        }
        IptablesTable table = new(netfilter, transaction: null, isIPv6 ? NftFamily.IPv6 : NftFamily.IPv4, "nat");
        string chain = ReferenceChain.DestinationNat(owner.Network, owner.ContainerId);
        return table.Leads("PREROUTING", Entrance) && table.Leads(Entrance, chain)
            && mappings.All(mapping => table.RulesOf(chain).Any(rule => PublishedPortRules.Publishes(rule, mapping)));
    });

    /// <summary>Whether any container has ports.</summary>
    public static bool AreAny(NetfilterSocket netfilter) =>
        new IptablesTable(netfilter, transaction: null, NftFamily.IPv4, "nat").RulesOf(Entrance).Count > 0;

    /// <summary>Makes the chains and rules that all containers share.</summary>
    private static void EnsureFrame(IptablesTable table, PortMapRequest request)
    {
        table.EnsureChain(Entrance);
        foreach (string hook in (ReadOnlySpan<string>)["PREROUTING", "OUTPUT"])
        {
            if (!table.Leads(hook, Entrance))
            {
                table.Append(table.Rule(hook).Add(XtExtension.DestinationType(FibAddressType.Local)).Counter().Jump(Entrance));
            }
        }
        if (!request.Snat || request.ExternalMarkChain is not null)
        {
            return;
        }
        uint bit = 1u << request.MarkBit;
        if (table.EnsureChain(SetMark) || table.RulesOf(SetMark).Count == 0)
        {
            table.Append(table.Rule(SetMark)
                .Add(XtExtension.Comment("CNI portfwd masquerade mark"))
                .Counter()
                .Add(XtExtension.SetMarkBits(bit))
                .Build());
        }
        if (table.EnsureChain(MasqueradeMarked) || table.RulesOf(MasqueradeMarked).Count == 0)
        {
            table.Append(table.Rule(MasqueradeMarked)
                .MatchMasked(NftField.Mark, NftValue.UInt32(bit), NftValue.UInt32(bit))
                .Counter()
                .Add(XtExtension.Masquerade(table.Id.Family))
                .Build());
        }
        if (!table.Leads("POSTROUTING", MasqueradeMarked))
        {
            table.Insert(table.Rule("POSTROUTING").Add(XtExtension.Comment("CNI portfwd requiring masquerade")).Counter().Jump(MasqueradeMarked));
        }
    }

    private static void AddEntries(IptablesTable table, CniOwner owner, string chain, PortMapRequest request, AddressFamily family)
    {
        CompatExpression comment = XtExtension.Comment($"dnat {ReferenceChain.CommentOf(owner.Network, owner.ContainerId)}");
        foreach (IGrouping<ProtocolType, PortMapping> protocol in request.Mappings
            .GroupBy(mapping => mapping.Protocol)
            .OrderBy(group => group.First().ProtocolName, StringComparer.Ordinal))
        {
            foreach (ushort[] ports in protocol.Select(mapping => mapping.HostPort).Chunk(XtExtension.MostPorts))
            {
                NftRuleBuilder rule = table.Rule(Entrance)
                    .Match(NftField.TransportProtocol, NftValue.Protocol(protocol.Key))
                    .Add(comment)
                    .Add(XtExtension.DestinationPorts(ports));
                rule = IptablesConditions.Apply(rule, family is AddressFamily.InterNetwork ? request.Conditions4 : request.Conditions6, family);
                table.Append(rule.Counter().Jump(chain) with { CompatProtocol = protocol.Key });
            }
        }
    }

    private static void AddPort(IptablesTable table, string chain, PortMapRequest request, PortMapping mapping, InterfaceAddress container)
    {
        NftField source = container.IsIPv6 ? NftField.IPv6Source : NftField.IPv4Source;
        string mark = request.ExternalMarkChain ?? SetMark;
        if (request is { Snat: true, MasqueradeAll: true })
        {
            table.Append(ToPort(Protocol(table.Rule(chain), mapping), mapping, container).Counter().Jump(mark));
        }
        else if (request.Snat)
        {
            table.Append(ToPort(Protocol(table.Rule(chain), mapping).Match(source, container.Subnet), mapping, container).Counter().Jump(mark));
            if (!container.IsIPv6)
            {
                table.Append(ToPort(Protocol(table.Rule(chain), mapping).Match(source, s_localhost), mapping, container).Counter().Jump(mark));
            }
        }
        table.Append(ToPort(Protocol(table.Rule(chain), mapping), mapping, container)
            .Counter()
            .Add(XtExtension.DestinationNat(container.Address, mapping.ContainerPort))
            .Build());
    }

    private static NftRuleBuilder Protocol(NftRuleBuilder rule, PortMapping mapping) =>
        rule.Match(NftField.TransportProtocol, NftValue.Protocol(mapping.Protocol));

    private static NftRuleBuilder ToPort(NftRuleBuilder rule, PortMapping mapping, InterfaceAddress container)
    {
        NftField destination = container.IsIPv6 ? NftField.IPv6Destination : NftField.IPv4Destination;
        NftRuleBuilder addressed = mapping.IsWildcard ? rule : rule.Match(destination, mapping.HostAddress!);
        return addressed.Match(NftField.DestinationPort, mapping.HostPort);
    }
}
