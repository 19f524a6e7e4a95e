using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.Networks;

/// <summary>Fills in what a definition leaves open.</summary>
internal static class NetworkFilling
{
    /// <summary>Fills in a definition from the network that exists.</summary>
    public static NetworkDefinition FilledFrom(this NetworkDefinition asked, NetworkDefinition known) => asked with
    {
        Device = asked.Device ?? known.Device,
        Adopt = known.Adopt,
        IPv6 = asked.Has(AddressFamily.InterNetworkV6),
        Dns = asked.Dns ?? known.Dns,
        Mtu = asked.MtuFollowsHost ? known.Mtu : asked.Mtu,
        Labels = ValueList.From(asked.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)),
        Subnets = ValueList.From(FillSubnets(asked, known).Select(subnet => WithGateway(asked, subnet))),
    };

    /// <summary>Fills in a subnet's gateway.</summary>
    public static SubnetDefinition WithGateway(NetworkDefinition definition, SubnetDefinition subnet) =>
        definition.HasGateway(subnet.Family) && subnet.Size is null
            ? subnet with { Gateway = subnet.Gateway ?? AddressPool.FirstOf(subnet.Subnet) }
            : subnet with { Gateway = null };

    private static IEnumerable<SubnetDefinition> FillSubnets(NetworkDefinition asked, NetworkDefinition known)
    {
        AddressFamily[] families = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];
        return families.Where(asked.Has).SelectMany(family =>
        {
            SubnetDefinition[] there = [.. known.Subnets.Where(subnet => subnet.Family == family)];
            SubnetDefinition[] named = [.. asked.Subnets.Where(subnet => subnet.Family == family)];
            return named.Length == 0
                ? there
                : named.Select((subnet, i) =>
                    subnet.Size is { } size && i < there.Length && there[i].Subnet.PrefixLength == size ? there[i] : subnet);
        });
    }
}
