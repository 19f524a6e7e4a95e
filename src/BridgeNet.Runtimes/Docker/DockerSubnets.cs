using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Docker;

/// <summary>
/// The subnets of a network as Docker's command line has them: gateways, ranges and auxiliary addresses belong to the subnet they lie in.
/// </summary>
public static class DockerSubnets
{
    /// <summary>The auxiliary address that is the containers' next hop by IPv4, in place of the bridge.</summary>
    public const string IPv4NextHop = "DefaultGatewayIPv4";

    /// <summary>The auxiliary address that is the containers' next hop by IPv6, in place of the bridge.</summary>
    public const string IPv6NextHop = "DefaultGatewayIPv6";

    /// <summary>The subnets with everything in its place.</summary>
    /// <param name="subnets">The subnets.</param>
    /// <param name="gateways">The bridge's addresses, at most one a subnet.</param>
    /// <param name="ranges">The parts from which addresses are chosen, at most one a subnet.</param>
    /// <param name="auxiliary">Addresses that others have, by names, each of which is there once.</param>
    /// <exception cref="FormatException">Something lies in no subnet, or a subnet has two gateways or ranges.</exception>
    public static ValueList<SubnetDefinition> Place(
        IEnumerable<SubnetDefinition> subnets,
        IEnumerable<IPAddress> gateways,
        IEnumerable<IPNetwork> ranges,
        IEnumerable<KeyValuePair<string, IPAddress>> auxiliary)
    {
        ArgumentNullException.ThrowIfNull(subnets);
        ArgumentNullException.ThrowIfNull(gateways);
        ArgumentNullException.ThrowIfNull(ranges);
        ArgumentNullException.ThrowIfNull(auxiliary);
        SubnetDefinition[] placed = [.. subnets];
        foreach (IPAddress gateway in gateways)
        {
            ref SubnetDefinition subnet = ref Containing(placed, $"the gateway {gateway}", new IPNetwork(gateway, LengthOf(gateway)));
            subnet = subnet with { Gateway = Only("gateway", subnet, subnet.Gateway, gateway) };
        }
        foreach (IPNetwork range in ranges)
        {
            ref SubnetDefinition subnet = ref Containing(placed, $"the range {range}", range);
            subnet = subnet with { Range = subnet.Range is { } other ? throw Twice("range", subnet, other, range) : range };
        }
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, IPAddress address) in auxiliary)
        {
            if (!names.Add(name))
            {
                throw new FormatException($"the auxiliary address {name}={address}: the name is given twice");
            }
            ref SubnetDefinition subnet = ref Containing(
                placed, $"the auxiliary address {name}={address}", new IPNetwork(address, LengthOf(address)));
            subnet = IsNextHop(name, address)
                ? subnet with { NextHop = address }
                : subnet with { Auxiliary = [.. subnet.Auxiliary, KeyValuePair.Create(name, address)] };
        }
        return ValueList.From(placed);
    }

    private static ref SubnetDefinition Containing(SubnetDefinition[] subnets, string what, IPNetwork part)
    {
        int index = Array.FindIndex(subnets, subnet => subnet.Subnet.PrefixLength <= part.PrefixLength && subnet.Subnet.Contains(part.BaseAddress));
        if (index < 0)
        {
            throw new FormatException(subnets.Length == 0
                ? $"{what} needs a subnet that it lies in: name that too"
                : $"{what} lies in none of the network's subnets: {string.Join(", ", subnets.Select(subnet => subnet.Subnet))}");
        }
        return ref subnets[index];
    }

    private static IPAddress Only(string what, SubnetDefinition subnet, IPAddress? there, IPAddress wanted) =>
        there is null ? wanted : throw Twice(what, subnet, there, wanted);

    private static FormatException Twice(string what, SubnetDefinition subnet, object one, object other) =>
        new($"{subnet.Subnet} has one {what}, not both {one} and {other}");

    private static bool IsNextHop(string name, IPAddress address) => (name, address.AddressFamily) switch
    {
        (IPv4NextHop, AddressFamily.InterNetwork) or (IPv6NextHop, AddressFamily.InterNetworkV6) => true,
        (IPv4NextHop or IPv6NextHop, _) => throw new FormatException(
            $"the auxiliary address {name}={address} is not of the family that its name says"),
        _ => false,
    };

    private static int LengthOf(IPAddress address) => address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
}
