using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Printing;

/// <summary>
/// Translates the library's errors for the command line: options in place of properties, verbs in place of methods. The annotations of the OCI hook
/// are the same options, with <c>bridgenet.</c> in place of the dashes.
/// </summary>
internal static class OptionText
{
    /// <summary>The properties of all types have different names, so that a name alone is enough.</summary>
    private static readonly (string Type, string Property, string Option)[] s_properties =
    [
        (nameof(EndpointRequest), nameof(EndpointRequest.Aliases), "--alias"),
        (nameof(EndpointRequest), nameof(EndpointRequest.InterfaceName), "--ifname"),
        (nameof(EndpointRequest), nameof(EndpointRequest.IPv4Address), "--ip"),
        (nameof(EndpointRequest), nameof(EndpointRequest.IPv6Address), "--ip6"),
        (nameof(EndpointRequest), nameof(EndpointRequest.LinkLocalAddresses), "--link-local-ip"),
        (nameof(EndpointRequest), nameof(EndpointRequest.MacAddress), "--mac-address"),
        (nameof(EndpointRequest), nameof(EndpointRequest.Publish), "--publish"),
        (nameof(EndpointRequest), nameof(EndpointRequest.DefaultRoute), "--no-default-route"),
        (nameof(EndpointRequest), nameof(EndpointRequest.GatewayPriority), "--gw-priority"),
        (nameof(EndpointRequest), nameof(EndpointRequest.Routes), "--route"),
        (nameof(EndpointRequest), nameof(EndpointRequest.Sysctls), "--sysctl"),
        (nameof(EndpointRequest), nameof(EndpointRequest.AntiSpoofing), "--no-anti-spoofing"),
        (nameof(EndpointRequest), nameof(EndpointRequest.Bandwidth), "bandwidth"),
        (nameof(Bandwidth), nameof(Bandwidth.IngressRate), "--ingress-rate"),
        (nameof(Bandwidth), nameof(Bandwidth.IngressBurst), "--ingress-burst"),
        (nameof(Bandwidth), nameof(Bandwidth.EgressRate), "--egress-rate"),
        (nameof(Bandwidth), nameof(Bandwidth.EgressBurst), "--egress-burst"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.Device), "--bridge-name"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.Adopt), "--adopt"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.IPv4), "--ipv4"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.IPv6), "--ipv6"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.Subnets), "--subnet"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.Internal), "--internal"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.Mtu), "--mtu"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.MtuFollowsHost), $"--mtu {DockerNetworkOptions.MtuOfHost}"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.Dns), "--dns"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.Labels), "--label"),
        (nameof(NetworkDefinition), nameof(NetworkDefinition.AllowForeignForward), "--allow-foreign-forward"),
        (nameof(SubnetDefinition), nameof(SubnetDefinition.Subnet), "--subnet"),
        (nameof(SubnetDefinition), nameof(SubnetDefinition.Gateway), "--gateway"),
        (nameof(SubnetDefinition), nameof(SubnetDefinition.NextHop), "--aux-address"),
        (nameof(SubnetDefinition), nameof(SubnetDefinition.Range), "--ip-range"),
        (nameof(SubnetDefinition), nameof(SubnetDefinition.Auxiliary), "--aux-address"),
        (nameof(PortSpec), nameof(PortSpec.HostAddress), "host address"),
        ByDocker(nameof(NetworkDefinition.InterContainer)),
        ByDocker(nameof(NetworkDefinition.Masquerade)),
        ByDocker(nameof(NetworkDefinition.IPv4Mode)),
        ByDocker(nameof(NetworkDefinition.IPv6Mode)),
        ByDocker(nameof(NetworkDefinition.InhibitIPv4)),
        ByDocker(nameof(NetworkDefinition.IPv4Source)),
        ByDocker(nameof(NetworkDefinition.IPv6Source)),
        ByDocker(nameof(NetworkDefinition.HostBinding)),
        ByDocker(nameof(NetworkDefinition.TrustedInterfaces)),
        ByDocker(nameof(NetworkDefinition.InterfacePrefix)),
        ByDocker(nameof(NetworkDefinition.Announcements)),
        ByDocker(nameof(NetworkDefinition.AnnouncementInterval)),
    ];

    private static readonly (string Method, string Verb)[] s_methods =
    [
        (nameof(BridgeDriver.EnsureNetwork), "network create"),
        (nameof(BridgeDriver.RemoveNetwork), "network rm"),
        (nameof(BridgeDriver.CollectGarbage), "gc"),
        (nameof(BridgeDriver.Repair), "repair"),
        (nameof(BridgeDriver.Rebuild), "repair --rebuild"),
    ];

    /// <summary>Each qualified name with its translation; longer names first, because some begin with another.</summary>
    private static (string Name, string Text)[] Words =>
    [
        .. s_properties.Select(row => (Name: $"{row.Type}.{row.Property}", Text: row.Option))
            .Concat(s_methods.Select(row => (Name: $"{nameof(BridgeDriver)}.{row.Method}", Text: $"{Product.Name} {row.Verb}")))
            .OrderByDescending(word => word.Name.Length),
    ];

    /// <summary>Replaces qualified properties (<c>EndpointRequest.InterfaceName</c>) by options, and methods of the driver by verbs.</summary>
    public static string Of(string message) =>
        Words.Aggregate(message, (text, word) => text.Replace(word.Name, word.Text, StringComparison.Ordinal));

    /// <summary>The option that sets a property; any other text stays as it is.</summary>
    public static string NameOf(string setting) =>
        Array.Find(s_properties, row => string.Equals(row.Property, setting, StringComparison.Ordinal)).Option ?? setting;

    private static (string Type, string Property, string Option) ByDocker(string property) =>
        (nameof(NetworkDefinition), property, $"-o {DockerNetworkOptions.KeyOf(property)}");
}
