using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

using BridgeNet.Definitions;
using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>The wished-for network. Everything but the name has Docker's default.</summary>
public sealed record NetworkDefinition
{
    /// <summary>The name of Docker's default network.</summary>
    internal const string DefaultName = "bridge";

    private const int LeastIPv6Mtu = 1280;
    private const int MostPrefix = 11;

    /// <summary>
    /// Docker's default network: "bridge" on docker0, 172.17.0.0/16, gateway 172.17.0.1. On a host that uses those addresses itself it gets the next
    /// free subnet of Docker's pools. No other network gets that one unless somebody names it.
    /// </summary>
    public static NetworkDefinition Docker0 => new()
    {
        Name = DefaultName,
        Device = InterfaceName.Parse("docker0"),
        Mtu = 1500,
    };

    /// <summary>The name: 1 to 128 of letters, digits, '_', '.' and '-', beginning with a letter or digit.</summary>
    public required string Name { get; set; }

    /// <summary>The bridge's name; null for br- and the network's id.</summary>
    public InterfaceName? Device { get; set; }

    /// <summary>Whether to use a bridge of that name that BridgeNet did not make. BridgeNet never deletes it or its own addresses.</summary>
    public bool Adopt { get; set; }

    /// <summary>Whether it has IPv4; without a named subnet, BridgeNet chooses one.</summary>
    public bool IPv4 { get; set; } = true;

    /// <summary>Whether it has IPv6; without a named subnet, BridgeNet chooses one. A named IPv6 subnet implies it.</summary>
    public bool IPv6 { get; set; }

    /// <summary>Its subnets, of both families, any number; endpoints get an address of each family, from the first subnet that has one.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<SubnetDefinition>))]
    public ValueList<SubnetDefinition> Subnets { get; set; }

    /// <summary>Whether it is cut off from everything outside: no default route, no published ports.</summary>
    public bool Internal { get; set; }

    /// <summary>Whether its containers talk to each other (icc). If not, their published ports still answer each other.</summary>
    public bool InterContainer { get; set; } = true;

    /// <summary>Whether the host's address replaces the containers' on outgoing connections. Routed networks never do that.</summary>
    public bool Masquerade { get; set; } = true;

    /// <summary>How it is connected to the outside by IPv4.</summary>
    public GatewayMode IPv4Mode { get; set; }

    /// <summary>How it is connected to the outside by IPv6.</summary>
    public GatewayMode IPv6Mode { get; set; }

    /// <summary>Whether the bridge gets no IPv4 address. The gateway's address stays reserved, for a router that has it.</summary>
    public bool InhibitIPv4 { get; set; }

    /// <summary>The IPv4 source address of the containers' outgoing connections; null for that of the outgoing interface.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? IPv4Source { get; set; }

    /// <summary>As <see cref="IPv4Source"/>, for IPv6.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? IPv6Source { get; set; }

    /// <summary>
    /// Whether its containers find each other by name, by asking its gateways; null for yes, except on the default network "bridge" and
    /// on adopted bridges, which may have a name server. Somebody has to answer there: <see cref="BridgeDriver.ServeNames"/>, or <c>bridgenet
    /// dns</c>.
    /// </summary>
    public bool? Dns { get; set; }

    /// <summary>The default host address of published ports; null, or 0.0.0.0, for every address of both families.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? HostBinding { get; set; }

    /// <summary>The host's interfaces from which outside machines may address containers directly, at their published ports.</summary>
    [JsonConverter(typeof(ValueListJsonConverter<InterfaceName>))]
    public ValueList<InterfaceName> TrustedInterfaces { get; set; }

    /// <summary>The MTU in bytes, 68 to 65535, with IPv6 at least 1280; null for the kernel's default, 1500.</summary>
    public int? Mtu { get; set; }

    /// <summary>Whether the MTU is that of the host's outgoing interface at the time when the network is ensured.</summary>
    public bool MtuFollowsHost { get; set; }

    /// <summary>The prefix of interface names in containers, at most 11 bytes; the lowest free number follows.</summary>
    public string InterfacePrefix { get; set; } = "eth";

    /// <summary>How often a new interface tells its neighbours its addresses (gratuitous ARP, unsolicited NA): 0 to 3.</summary>
    /// <remarks>
    /// It does so where neighbours may remember another MAC address for one of them. The default MAC address follows from the IPv4 address, so
    /// most endpoints announce nothing, and nothing floods the others.
    /// </remarks>
    public int Announcements { get; set; } = 3;

    /// <summary>The time between two announcements: 100 to 2000 ms.</summary>
    public TimeSpan AnnouncementInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>People's own notes, one for each key; their order does not matter.</summary>
    [JsonConverter(typeof(KeyedJsonConverter<string>))]
    public ValueList<KeyValuePair<string, string>> Labels { get; set; }

    /// <summary>Whether to add rules to other programs' firewalls that would drop its packets. BridgeNet never touches them otherwise.</summary>
    public bool AllowForeignForward { get; set; }

    /// <summary>Whether it is the default network, by its name.</summary>
    internal bool IsDefault => string.Equals(Name, DefaultName, StringComparison.Ordinal);

    /// <summary>Whether a family is wanted.</summary>
    internal bool Has(AddressFamily family) => family is AddressFamily.InterNetworkV6
        ? IPv6 || Subnets.Any(subnet => subnet.Family == family)
        : IPv4;

    /// <summary>The mode of a family.</summary>
    internal GatewayMode ModeOf(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? IPv6Mode : IPv4Mode;

    /// <summary>What the mode of a family means.</summary>
    internal GatewayModeTraits TraitsOf(AddressFamily family) => GatewayModes.Of(ModeOf(family));

    /// <summary>A family's source address of the containers' outgoing connections; null for that of the outgoing interface.</summary>
    internal IPAddress? SourceOf(AddressFamily family) => family is AddressFamily.InterNetworkV6 ? IPv6Source : IPv4Source;

    /// <summary>Whether the containers have a neighbour with a family's gateway address: the bridge, or a router in its place.</summary>
    internal bool HasGateway(AddressFamily family) => TraitsOf(family).HasGateway
        && !(Internal && InhibitIPv4 && family is AddressFamily.InterNetwork);

    /// <summary>Whether containers of a subnet can ask for names at its gateway: the bridge has that address.</summary>
    internal bool HasNames(SubnetDefinition subnet) =>
        Dns is true && subnet.Gateway is not null && !(InhibitIPv4 && subnet.Family is AddressFamily.InterNetwork);

    /// <summary>Checks all of it, as <see cref="BridgeDriver.EnsureNetwork(NetworkDefinition)"/> does first.</summary>
    /// <exception cref="ConfigurationException">A value is invalid; the message names it.</exception>
    public void Validate()
    {
        if (Name is null || InterfacePrefix is null)
        {
            throw new ConfigurationException(Name is null ? nameof(Name) : nameof(InterfacePrefix), "it is null");
        }
        ObjectName.Check("network", Name);
        if (Device is { IsEmpty: true } || (Device is null && Adopt))
        {
            throw new ConfigurationException(nameof(Device), "a bridge that is to be adopted, or named, needs a name");
        }
        if (TrustedInterfaces.Any(name => name.IsEmpty))
        {
            throw new ConfigurationException(nameof(TrustedInterfaces), "a name of an interface is empty");
        }
        CheckFamilies();
        CheckModes();
        foreach (SubnetDefinition subnet in Subnets)
        {
            subnet.Validate(HasGateway(subnet.Family));
        }
        CheckAddress(nameof(IPv4Source), IPv4Source, AddressFamily.InterNetwork);
        CheckAddress(nameof(IPv6Source), IPv6Source, AddressFamily.InterNetworkV6);
        int least = Has(AddressFamily.InterNetworkV6) ? LeastIPv6Mtu : 68;
        if (Mtu is { } mtu && (mtu < least || mtu > ushort.MaxValue))
        {
            throw new ConfigurationException(nameof(Mtu), $"{mtu} is not in {least} to {ushort.MaxValue}");
        }
        if (InterfacePrefix.Length is 0 or > MostPrefix || !InterfaceName.TryParse(InterfacePrefix + "0", null, out _))
        {
            throw new ConfigurationException(
                nameof(InterfacePrefix), $"'{InterfacePrefix}' and a number must be a name of an interface, of at most 15 bytes");
        }
        if (Labels.GroupBy(label => label.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ConfigurationException(nameof(Labels), $"{twice.Key} is given twice");
        }
        if (Announcements is < 0 or > 3)
        {
            throw new ConfigurationException(nameof(Announcements), $"{Announcements} is not in 0 to 3");
        }
        if (AnnouncementInterval.TotalMilliseconds is < 100 or > 2000)
        {
            throw new ConfigurationException(nameof(AnnouncementInterval), $"{AnnouncementInterval.TotalMilliseconds} ms is not in 100 to 2000");
        }
    }

    private void CheckFamilies()
    {
        if (!IPv4 && !Has(AddressFamily.InterNetworkV6))
        {
            throw new ConfigurationException(nameof(IPv4), "a network has IPv4, IPv6 or both");
        }
        if (!IPv4 && Subnets.FirstOrDefault(subnet => subnet.Family is AddressFamily.InterNetwork) is { } stray)
        {
            throw new ConfigurationException(nameof(Subnets), $"{stray.Subnet} is of IPv4, which is switched off");
        }
        SubnetDefinition[] named = [.. Subnets.Where(subnet => subnet.Size is null)];
        for (int i = 0; i < named.Length; i++)
        {
            if (named.Take(i).FirstOrDefault(other => Addressing.SubnetPools.Overlaps(other.Subnet, named[i].Subnet)) is { } other)
            {
                throw new ConfigurationException(nameof(Subnets), $"{named[i].Subnet} overlaps {other.Subnet}");
            }
        }
    }

    private void CheckModes()
    {
        if (!Internal && !(GatewayModes.Of(IPv4Mode).HasGateway && GatewayModes.Of(IPv6Mode).HasGateway))
        {
            throw new ConfigurationException(
                IPv4Mode is GatewayMode.Isolated ? nameof(IPv4Mode) : nameof(IPv6Mode),
                "isolated is for internal networks: set NetworkDefinition.Internal too");
        }
        if (Internal && Subnets.FirstOrDefault(subnet => subnet.NextHop is not null) is { } routed)
        {
            throw new ConfigurationException(nameof(SubnetDefinition.NextHop), $"{routed.NextHop}: an internal network has no way out");
        }
    }

    private static void CheckAddress(string property, IPAddress? address, AddressFamily family)
    {
        if (address is not null && (address.AddressFamily != family || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            throw new ConfigurationException(
                property,
                $"{address} is not an address of {(family is AddressFamily.InterNetwork ? "IPv4" : "IPv6")} that packets can come from");
        }
    }
}
