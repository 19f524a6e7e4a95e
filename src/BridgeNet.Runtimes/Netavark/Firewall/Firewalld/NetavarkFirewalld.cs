using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// netavark's rules as firewalld writes them when it is asked to: a zone with the networks' subnets, and policies with the containers' ports. It
/// changes at once, not in a transaction. Its tables know no isolated networks.
/// </summary>
/// <param name="bus">firewalld.</param>
/// <param name="mayReload">Whether what is permanent and not in force is put in force. Right after a reload that would help nobody.</param>
internal sealed class NetavarkFirewalld(FirewalldBus bus, bool mayReload = true)
{
    private const string Zone = "netavark_zone", Ports = "netavark_portfwd", HostPorts = "netavark_host_fwd";
    private const string Any = "ANY", Host = "HOST", Continue = "CONTINUE";

    private static readonly (string Name, FirewalldPolicy Policy)[] s_policies =
    [
        ("netavark_policy", new FirewalldPolicy(Zone, Any, "ACCEPT", Masquerades: true)),
        (Ports, new FirewalldPolicy(Any, Host, Continue, Masquerades: false)),
        (HostPorts, new FirewalldPolicy(Host, Any, Continue, Masquerades: false)),
        ("netavark_zone_acc", new FirewalldPolicy(Any, Zone, Continue, Masquerades: true)),
    ];

    private bool _arePoliciesThere;

    /// <summary>Adds what is missing of a network, and a container's ports.</summary>
    public void Add(NetavarkNetworkRecord network, NetavarkPortRecord? ports)
    {
        EnsurePolicies();
        foreach (IPNetwork subnet in network.Subnets)
        {
            if (!string.Equals(bus.ZoneOf($"{subnet}"), Zone, StringComparison.Ordinal))
            {
                bus.Move($"{subnet}", Zone);
            }
        }
        if (ports is not null)
        {
            Change(Ports, there => Union(there, PortsOf(ports), [.. RulesOf(ports), .. NameServerRulesOf(ports)]));
            Change(HostPorts, there => Union(there, [], LocalRulesOf(ports)));
        }
    }

    /// <summary>Takes a container's ports out, and with its last container the network. What is not there is no error.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ports">The container's ports.</param>
    /// <param name="sharesNameServer">Whether another container needs the rules that lead to the name server.</param>
    /// <param name="isLast">Whether the network has no other container.</param>
    public void Remove(NetavarkNetworkRecord network, NetavarkPortRecord ports, bool sharesNameServer, bool isLast)
    {
        if (isLast)
        {
            foreach (IPNetwork subnet in network.Subnets)
            {
                if (string.Equals(bus.ZoneOf($"{subnet}"), Zone, StringComparison.Ordinal))
                {
                    bus.Remove($"{subnet}", Zone);
                }
            }
        }
        string[] policies = bus.ListPolicies();
        string[] others = sharesNameServer ? [] : [.. NameServerRulesOf(ports)];
        string[] addresses = [.. new[] { ports.Address4, ports.Address6 }.OfType<IPAddress>().Select(address => $"{address}")];
        foreach (string policy in (string[])[Ports, HostPorts])
        {
            if (policies.Contains(policy, StringComparer.Ordinal))
            {
                Change(policy, there => new FirewalldForwards(
                    [.. there.Ports.Where(port => !addresses.Contains(port.Address, StringComparer.Ordinal))],
                    [.. there.Rules.Where(rule => !others.Contains(rule, StringComparer.Ordinal)
                        && !addresses.Any(address => rule.Contains($"to-addr=\"{address}\"", StringComparison.Ordinal)))]));
            }
        }
    }

    private static FirewalldForwards Union(FirewalldForwards there, IEnumerable<FirewalldForward> ports, IEnumerable<string> rules) =>
        new([.. there.Ports.Union(ports)], [.. there.Rules.Union(rules, StringComparer.Ordinal)]);

    private static IEnumerable<FirewalldForward> PortsOf(NetavarkPortRecord ports) =>
        from mapping in Mappings(ports)
        where IsWildcard(mapping)
        from address in AddressesOf(ports, mapping)
        select new FirewalldForward(Range(mapping.HostPort, mapping), mapping.Protocol, Range(mapping.ContainerPort, mapping), $"{address}");

    /// <summary>Ports at single addresses of the host, other than its loopback's.</summary>
    private static IEnumerable<string> RulesOf(NetavarkPortRecord ports) =>
        from mapping in Mappings(ports)
        where !IsWildcard(mapping) && !IPAddress.IsLoopback(IPAddress.Parse(mapping.HostIP))
        from address in AddressesOf(ports, mapping)
        select Rule(mapping.HostIP, mapping, address);

    /// <summary>Ports as the host itself reaches them at its loopback's addresses. Over IPv6 the kernel has no such way.</summary>
    private static IEnumerable<string> LocalRulesOf(NetavarkPortRecord ports) =>
        from mapping in Mappings(ports)
        where mapping.HostIP is "" or "0.0.0.0" || (!IsWildcard(mapping) && IPAddress.IsLoopback(IPAddress.Parse(mapping.HostIP)))
        from address in AddressesOf(ports, mapping)
        where address.AddressFamily is AddressFamily.InterNetwork
        select Rule(IsWildcard(mapping) ? "127.0.0.1" : mapping.HostIP, mapping, address);

    private static IEnumerable<string> NameServerRulesOf(NetavarkPortRecord ports) => ports.DnsPort == NetavarkOptions.UsualDnsPort
        ? []
        : ports.DnsServers.Select(server => Rule(server, $"{server}", "53", "udp", string.Create(CultureInfo.InvariantCulture, $"{ports.DnsPort}")));

    private static string Rule(string hostAddress, NetavarkPortMapping mapping, IPAddress address) =>
        Rule(address, hostAddress, Range(mapping.HostPort, mapping), mapping.Protocol, Range(mapping.ContainerPort, mapping));

    private static string Rule(IPAddress address, string hostAddress, string ports, string protocol, string containerPorts)
    {
        string family = address.AddressFamily is AddressFamily.InterNetworkV6 ? "ipv6" : "ipv4";
        return $"rule family=\"{family}\" destination address=\"{hostAddress}\" forward-port port=\"{ports}\" protocol=\"{protocol}\" "
            + $"to-port=\"{containerPorts}\" to-addr=\"{address}\"";
    }

    private static IEnumerable<NetavarkPortMapping> Mappings(NetavarkPortRecord ports) => ports.Mappings ?? [];

    private static bool IsWildcard(NetavarkPortMapping mapping) => mapping.HostIP is "" or "0.0.0.0" or "::";

    /// <summary>The container's addresses of the families that a mapping is for.</summary>
    private static IEnumerable<IPAddress> AddressesOf(NetavarkPortRecord ports, NetavarkPortMapping mapping)
    {
        AddressFamily? family = mapping.HostIP.Length == 0 ? null : IPAddress.Parse(mapping.HostIP).AddressFamily;
        return new[] { ports.Address4, ports.Address6 }.OfType<IPAddress>().Where(address => family is null || address.AddressFamily == family);
    }

    private static string Range(ushort first, NetavarkPortMapping mapping) => mapping.Count == 1
        ? first.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{first}-{first + mapping.Count - 1}");

    /// <summary>Makes what all networks share, once.</summary>
    private void EnsurePolicies()
    {
        if (_arePoliciesThere)
        {
            return;
        }
        string[] missing = ListMissing(bus.ListZones(), bus.ListPolicies());
        if (missing.Length > 0)
        {
            string[] added = [.. missing.Intersect(ListMissing(bus.ListPermanentZones(), bus.ListPermanentPolicies()), StringComparer.Ordinal)];
            if (!mayReload && missing.Except(added, StringComparer.Ordinal).FirstOrDefault() is { } idle)
            {
                throw NotInForce(idle);
            }
            foreach (string name in added)
            {
                AddPermanently(name);
            }
            bus.Reload();
            if (ListMissing(bus.ListZones(), bus.ListPolicies()) is [var still, ..])
            {
                throw NotInForce(still);
            }
        }
        _arePoliciesThere = true;
    }

    /// <summary>The zone and the policies that are not among those listed.</summary>
    private static string[] ListMissing(string[] zones, string[] policies) =>
    [
        .. new[] { Zone }.Except(zones, StringComparer.Ordinal),
        .. s_policies.Select(policy => policy.Name).Except(policies, StringComparer.Ordinal),
    ];

    private static NetavarkException NotInForce(string name) =>
        new($"firewalld: {name} is in its permanent configuration and not in force: its log says why");

    private void AddPermanently(string name)
    {
        if (name is Zone)
        {
            bus.AddZone(name);
        }
        else
        {
            bus.AddPolicy(name, s_policies.Single(policy => string.Equals(policy.Name, name, StringComparison.Ordinal)).Policy);
        }
    }

    private void Change(string policy, Func<FirewalldForwards, FirewalldForwards> change)
    {
        FirewalldForwards there = bus.ForwardsOf(policy), wanted = change(there);
        if (!there.Ports.SequenceEqual(wanted.Ports) || !there.Rules.SequenceEqual(wanted.Rules, StringComparer.Ordinal))
        {
            bus.SetForwards(policy, wanted);
        }
    }
}
