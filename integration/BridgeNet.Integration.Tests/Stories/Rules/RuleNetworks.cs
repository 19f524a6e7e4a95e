using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>Networks of both families, one of each kind.</summary>
internal static class RuleNetworks
{
    /// <summary>172.17.0.0/16 and fd00:17::/64, in nat mode.</summary>
    public static NetworkDefinition Docker0 { get; } = NetworkDefinition.Docker0 with
    {
        Subnets = [SubnetDefinition.Parse("172.17.0.0/16"), SubnetDefinition.Parse("fd00:17::/64")],
    };

    /// <summary>Beside it, of the same mode.</summary>
    public static NetworkDefinition Other { get; } = Numbered("other", 18);

    /// <summary>Nothing passes between it and anywhere else.</summary>
    public static NetworkDefinition Internal { get; } = Numbered("internal", 19) with { Internal = true };

    /// <summary>Routed by both families.</summary>
    public static NetworkDefinition Routed { get; } = Numbered("routed", 20) with { IPv4Mode = GatewayMode.Routed, IPv6Mode = GatewayMode.Routed };

    /// <summary>Its containers do not talk to each other.</summary>
    public static NetworkDefinition Quiet { get; } = Numbered("quiet", 21) with { InterContainer = false };

    /// <summary>Trusts who is behind the host's eth0.</summary>
    public static NetworkDefinition Trusting { get; } = Numbered("trusting", 22) with { TrustedInterfaces = [InterfaceName.Parse("eth0")] };

    /// <summary>Goes out by one address.</summary>
    public static NetworkDefinition Sourced { get; } =
        Numbered("sourced", 23) with { IPv4Source = World.HostAddress, IPv6Source = World.HostAddress6 };

    /// <summary>Its containers go out by their own addresses.</summary>
    public static NetworkDefinition Unmasqueraded { get; } = Numbered("plain", 24) with { Masquerade = false };

    private static NetworkDefinition Numbered(string name, int number) => new()
    {
        Name = name,
        Device = InterfaceName.Parse($"br-{name}"),
        Subnets = [SubnetDefinition.Parse($"172.{number}.0.0/24"), SubnetDefinition.Parse($"fd00:{number}::/64")],
    };
}
