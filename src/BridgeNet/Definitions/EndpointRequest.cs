using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

using BridgeNet.Definitions;
using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>The wished-for endpoint. Every property has a default.</summary>
public sealed record EndpointRequest
{
    private const int SysctlParts = 5;

    /// <summary>The zone in which the name server finds containers, too.</summary>
    private const string Zone = ".dns.podman";

    private static readonly IPNetwork[] s_linkLocal = [IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10")];

    /// <summary>Stands for the interface's name in <see cref="Sysctls"/>.</summary>
    public const string SysctlInterface = "IFNAME";

    /// <summary>The endpoint's name for people, of the form of a network's name; null for its id.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Further names by which containers of the network find it, if the network has <see cref="NetworkDefinition.Dns"/>: labels of 1 to 63 letters,
    /// digits, '-' and '_', with '.' between them, 253 in all. Several endpoints may have one: it then means all of them.
    /// </summary>
    [JsonConverter(typeof(ValueListJsonConverter<string>))]
    public ValueList<string> Aliases { get; set; }

    /// <summary>The interface's name in the container; null for the first free of eth0, eth1, ….</summary>
    public InterfaceName? InterfaceName { get; set; }

    /// <summary>Its IPv4 address; null for the next free one, if the network has IPv4.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? IPv4Address { get; set; }

    /// <summary>Its IPv6 address; null for the next free one, if the network has IPv6.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? IPv6Address { get; set; }

    /// <summary>
    /// Further addresses of its own, which no pool has: link-local ones, such as 169.254.3.4/16 and fe80::5/64. No other endpoint of the network may
    /// have them.
    /// </summary>
    [JsonConverter(typeof(ValueListJsonConverter<InterfaceAddress>))]
    public ValueList<InterfaceAddress> LinkLocalAddresses { get; set; }

    /// <summary>
    /// Its Ethernet address, which nobody else on the bridge may have; null for 02:42 and the IPv4 address, or without one, the last bytes of the
    /// IPv6 address or of the id.
    /// </summary>
    public MacAddress? MacAddress { get; set; }

    /// <summary>Its ports that the host publishes.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<PortSpec>))]
    public ValueList<PortSpec> Publish { get; set; }

    /// <summary>Whether it gets default routes. Internal networks never give any.</summary>
    public bool DefaultRoute { get; set; } = true;

    /// <summary>Decides which network has the default route of a container on several: the highest priority; among equals the first.</summary>
    public int GatewayPriority { get; set; }

    /// <summary>Routes besides the default routes, one for each destination.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<StaticRoute>))]
    public ValueList<StaticRoute> Routes { get; set; }

    /// <summary>
    /// Kernel settings of the interface: names of five parts, one of them <see cref="SysctlInterface"/>, as net.ipv4.conf.IFNAME.log_martians. They
    /// are written before the interface comes up. Each is given once.
    /// </summary>
    [JsonConverter(typeof(KeyedJsonConverter<string>))]
    public ValueList<KeyValuePair<string, string>> Sysctls { get; set; }

    /// <summary>
    /// Whether the rules stop it from sending with other Ethernet, IPv4 or IPv6 source addresses, also by ARP and neighbour discovery. Switch it off
    /// for containers that forward other packets.
    /// </summary>
    public bool AntiSpoofing { get; set; } = true;

    /// <summary>Its bandwidth limits; null for none.</summary>
    public Bandwidth? Bandwidth { get; set; }

    /// <summary>
    /// Whether this process holds the published ports for the lease's life. A socket on each keeps the host's programs from binding it. A proxy in
    /// this process serves clients that the kernel cannot lead to the container: those of ::1, all of IPv6 if the container has no IPv6, and those
    /// of 127.0.0.1 if it has no IPv4. Each port takes an open file.
    /// </summary>
    public bool HoldPorts { get; set; }

    /// <summary>Whether the endpoint outlives its process from the start, as <see cref="EndpointLease.Keep"/> makes it later.</summary>
    public bool Keep { get; set; }

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ConfigurationException">A value is invalid.</exception>
    internal void Validate()
    {
        if (Name is not null)
        {
            ObjectName.Check("endpoint", Name);
        }
        CheckAliases();
        if (MacAddress is { IsUnicast: false } mac)
        {
            throw new ConfigurationException(nameof(MacAddress), $"{mac} is not one that an interface may have: it is a group's, or all zero");
        }
        Bandwidth?.Validate();
        CheckFamily(IPv4Address, AddressFamily.InterNetwork, nameof(IPv4Address));
        CheckFamily(IPv6Address, AddressFamily.InterNetworkV6, nameof(IPv6Address));
        CheckLinkLocal();
        CheckRoutes();
        CheckSysctls();
    }

    /// <summary>
    /// Checks that it asks for nothing inside the container, which a runtime sets up (<see cref="Network.Prepare"/>), nor for a living owner.
    /// </summary>
    /// <exception cref="ConfigurationException">It does.</exception>
    internal void ValidateOutside()
    {
        string? inside = InterfaceName is not null ? nameof(InterfaceName)
            : LinkLocalAddresses.Count > 0 ? nameof(LinkLocalAddresses)
            : Routes.Count > 0 ? nameof(Routes)
            : Sysctls.Count > 0 ? nameof(Sysctls)
            : null;
        if (inside is not null)
        {
            throw new ConfigurationException(inside, "the runtime that takes the prepared interface sets up the container: leave it out");
        }
        if (HoldPorts)
        {
            throw new ConfigurationException(
                nameof(HoldPorts), "a prepared endpoint has no lease that could hold them: leave it out, and hold them when they are published");
        }
    }

    private void CheckAliases()
    {
        HashSet<string>? known = null;
        foreach (string alias in Aliases)
        {
            if (!ObjectName.IsDnsName(alias))
            {
                throw new ConfigurationException(
                    nameof(Aliases),
                    $"'{alias}' is no name of DNS: it has labels of 1 to 63 letters, digits, '-' and '_', with '.' between them, 253 in all");
            }
            if (alias.EndsWith(Zone, StringComparison.OrdinalIgnoreCase))
            {
                throw new ConfigurationException(nameof(Aliases), $"{alias}: every name is found with {Zone} too: leave that out");
            }
            if (!(known ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(alias))
            {
                throw new ConfigurationException(nameof(Aliases), $"{alias} is given twice: DNS knows no upper and lower case");
            }
        }
    }

    private void CheckRoutes()
    {
        HashSet<IPNetwork>? destinations = null;
        foreach (StaticRoute route in Routes)
        {
            if (route.NextHop is { } hop && hop.AddressFamily != route.Destination.BaseAddress.AddressFamily)
            {
                throw new ConfigurationException(nameof(Routes), $"{route.Destination} via {hop}: the two are of different families");
            }
            if (DefaultRoute && route.Destination.PrefixLength == 0)
            {
                throw new ConfigurationException(
                    nameof(Routes),
                    $"{route.Destination} is the default route, which the network gives: switch that off "
                    + $"({nameof(EndpointRequest)}.{nameof(DefaultRoute)})");
            }
            if (!(destinations ??= []).Add(route.Destination))
            {
                throw new ConfigurationException(nameof(Routes), $"{route.Destination} is given twice: the kernel takes one way to it");
            }
        }
    }

    private void CheckSysctls()
    {
        HashSet<string>? keys = null;
        foreach ((string key, string value) in Sysctls)
        {
            string[] parts = key.Split('.');
            if (parts.Length != SysctlParts || parts[0] is not "net" || parts[3] is not SysctlInterface
                || parts.Any(part => part.Length == 0 || part.Contains('/', StringComparison.Ordinal) || part is "..")
                || value.AsSpan().ContainsAny('\n', '\0'))
            {
                throw new ConfigurationException(nameof(Sysctls), $"{key}={value} is not of the form net.ipv4.conf.{SysctlInterface}.NAME=VALUE");
            }
            if (!(keys ??= new HashSet<string>(StringComparer.Ordinal)).Add(key))
            {
                throw new ConfigurationException(nameof(Sysctls), $"{key} is given twice");
            }
        }
    }

    private void CheckLinkLocal()
    {
        for (int i = 0; i < LinkLocalAddresses.Count; i++)
        {
            InterfaceAddress own = LinkLocalAddresses[i];
            string? fault = !Array.Exists(s_linkLocal, block => block.Contains(own.Address) && block.PrefixLength <= own.PrefixLength)
                ? $"it is not of the link-local ranges {s_linkLocal[0]} and {s_linkLocal[1]}: "
                    + $"an address of the network is asked for as {nameof(EndpointRequest)}.{nameof(IPv4Address)} "
                    + $"or {nameof(EndpointRequest)}.{nameof(IPv6Address)}"
                : own.IsIPv6 && own.Address.ScopeId != 0
                ? "its scope is the interface itself: leave it out"
                : LinkLocalAddresses.Take(i).Any(other => other.Address.Equals(own.Address))
                ? "it is given twice"
                : new AddressPool(own.Subnet).Refusal(own.Address);
            if (fault is not null)
            {
                throw new ConfigurationException(nameof(LinkLocalAddresses), $"{own}: {fault}");
            }
        }
    }

    private static void CheckFamily(IPAddress? address, AddressFamily family, string property)
    {
        if (address is not null && address.AddressFamily != family)
        {
            throw new ConfigurationException(property, $"{address} is not of {(family is AddressFamily.InterNetwork ? "IPv4" : "IPv6")}");
        }
    }
}
