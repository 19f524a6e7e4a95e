using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// Rules that the reference's plugins wrote by iptables-legacy, whose tables the kernel keeps beside nf_tables. CHECK finds them. They cannot be
/// deleted one by one, because a change replaces a whole table at once: a DEL says that they are left.
/// </summary>
internal sealed class LegacyRules
{
    private const string Accepted = "CNI-FORWARD";

    private readonly IReadOnlyList<LegacyTable> _tables;

    private LegacyRules(IReadOnlyList<LegacyTable> tables) => _tables = tables;

    /// <summary>Reads those of the host. Where the older iptables was never used, that is a look at two files.</summary>
    public static LegacyRules Read()
    {
        try
        {
            return new LegacyRules(LegacyTable.Read());
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM or Errno.ENOENT or Errno.ENOPROTOOPT)
        {
            return new LegacyRules([]);
        }
    }

    /// <summary>Whether all of a container's addresses have a jump to its chain.</summary>
    public bool HasMasquerade(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses) => addresses.All(address =>
        Leads(address.IsIPv6, "nat", "POSTROUTING", ReferenceChain.Masquerade(owner.Network, owner.ContainerId)));

    /// <summary>Whether a container has as many ports as are asked for.</summary>
    public bool HasPorts(CniOwner owner, PortMapRequest request)
    {
        string chain = ReferenceChain.DestinationNat(owner.Network, owner.ContainerId);
        return ((bool[])[false, true]).All(isIPv6 =>
        {
            int wanted = request.Mappings.Count(mapping => mapping.IsOf(isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork));
            return request.ContainerOf(isIPv6) is null || wanted == 0
                || (Leads(isIPv6, "nat", "PREROUTING", ReferenceChain.PortsEntrance) && Leads(isIPv6, "nat", ReferenceChain.PortsEntrance, chain)
                    && RulesOf(isIPv6, "nat", chain).Count(PublishedPortRules.IsTranslation) >= wanted);
        });
    }

    /// <summary>Whether a container is let through.</summary>
    public bool HasForward(IReadOnlyCollection<InterfaceAddress> addresses) => addresses.All(address =>
        Leads(address.IsIPv6, "filter", "FORWARD", Accepted)
        && RulesOf(address.IsIPv6, "filter", Accepted).Any(rule => AddressesOf(rule).Contains(address.Address)));

    /// <summary>Says that a container's chain is left.</summary>
    /// <exception cref="CniException">999: there is one.</exception>
    public void RequireNone(CniOwner owner, string chain)
    {
        if (_tables.FirstOrDefault(table => table.Chains.Any(found => string.Equals(found.Name, chain, StringComparison.Ordinal))) is { } table)
        {
            throw Left(owner, table, chain);
        }
    }

    /// <summary>Says that rules of a container's addresses are left.</summary>
    /// <exception cref="CniException">999: there are some.</exception>
    public void RequireNone(CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses)
    {
        foreach (LegacyTable table in _tables)
        {
            IEnumerable<IPAddress> there = table.Rules
                .Where(rule => string.Equals(rule.Chain, Accepted, StringComparison.Ordinal)).SelectMany(AddressesOf);
            if (there.Any(address => addresses.Any(one => one.Address.Equals(address))))
            {
                throw Left(owner, table, Accepted);
            }
        }
    }

    private static CniException Left(CniOwner owner, LegacyTable table, string chain) => new(
        CniErrorCode.Internal,
        $"container {owner.ContainerId} of network {owner.Network} has rules of iptables-legacy, which stay ({table.Id}, chain {chain}): "
            + "call DEL of the plugins that added them, or delete them with iptables-legacy");

    private bool Leads(bool isIPv6, string table, string from, string to) =>
        RulesOf(isIPv6, table, from).Any(rule => string.Equals(IptablesTable.TargetOf(rule), to, StringComparison.Ordinal));

    private IEnumerable<NftRule> RulesOf(bool isIPv6, string table, string chain) =>
        from one in _tables
        where one.Id == new NftTableId(isIPv6 ? NftFamily.IPv6 : NftFamily.IPv4, table)
        from rule in one.Rules
        where string.Equals(rule.Chain, chain, StringComparison.Ordinal)
        select rule;

    /// <summary>Source and destination, as far as a rule is for a single one.</summary>
    private static IEnumerable<IPAddress> AddressesOf(NftRule rule)
    {
        foreach (UnknownExpression expression in rule.Expressions.OfType<UnknownExpression>())
        {
            byte[] data = expression.Kind is LegacyTable.AddressKind ? expression.Data.Bytes.ToArray() : [];
            int length = data.Length / 4;
            for (int i = 0; i < 2 && length > 0; i++)
            {
                if (!data.AsSpan((2 + i) * length, length).ContainsAnyExcept((byte)0xff))
                {
                    yield return new IPAddress(data.AsSpan(i * length, length));
                }
            }
        }
    }
}
