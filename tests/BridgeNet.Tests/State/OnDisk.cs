namespace BridgeNet.Tests.State;

/// <summary>Records as texts, with the names and the order of the files on disk. System.Text.Json's serializer is the witness.</summary>
internal static class OnDisk
{
    public sealed record Network
    {
        public int Schema { get; init; } = 1;

        public required string Name { get; init; }

        public required string Id { get; init; }

        public required string Device { get; init; }

        public bool Adopted { get; init; }

        public bool AdoptedUp { get; init; }

        public bool AdoptedRouteLocalnet { get; init; }

        public required IReadOnlyList<Subnet> Subnets { get; init; }

        public bool IPv4 { get; init; }

        public bool IPv6 { get; init; }

        public bool Internal { get; init; }

        public bool Quiet { get; init; }

        public bool NoMasquerade { get; init; }

        public required string IPv4Mode { get; init; }

        public required string IPv6Mode { get; init; }

        public bool InhibitIPv4 { get; init; }

        public string? IPv4Source { get; init; }

        public string? IPv6Source { get; init; }

        public string? HostBinding { get; init; }

        public IReadOnlyList<string>? TrustedInterfaces { get; init; }

        public bool? Dns { get; init; }

        public int? Mtu { get; init; }

        public bool MtuFollows { get; init; }

        public string? InterfacePrefix { get; init; }

        public int? Announcements { get; init; }

        public int? AnnouncementInterval { get; init; }

        public IReadOnlyDictionary<string, string>? Labels { get; init; }

        public bool AllowForeignForward { get; init; }
    }

    public sealed record Subnet
    {
        [System.Text.Json.Serialization.JsonPropertyName("subnet")]
        public required string Range0 { get; init; }

        public string? Gateway { get; init; }

        public string? NextHop { get; init; }

        public string? Range { get; init; }

        public IReadOnlyDictionary<string, string>? Auxiliary { get; init; }

        public bool WasThere { get; init; }
    }

    public sealed record Endpoint
    {
        public int Schema { get; init; } = 1;

        public required string Id { get; init; }

        public required string Name { get; init; }

        public IReadOnlyList<string>? Aliases { get; init; }

        public IReadOnlyList<string>? NameServers { get; init; }

        public required string Network { get; init; }

        public string? Owner { get; init; }

        public required string Sandbox { get; init; }

        public required string SandboxIdentity { get; init; }

        public long? SandboxCookie { get; init; }

        public required string InterfaceName { get; init; }

        public required string HostInterface { get; init; }

        public required string MacAddress { get; init; }

        public required IReadOnlyList<string> Addresses { get; init; }

        public required IReadOnlyList<string> Gateways { get; init; }

        public IReadOnlyList<string>? LinkLocalAddresses { get; init; }

        public IReadOnlyList<Route>? Routes { get; init; }

        public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

        public int GatewayPriority { get; init; }

        public bool Unwatched { get; init; }

        public long? IngressRate { get; init; }

        public long? IngressBurst { get; init; }

        public long? EgressRate { get; init; }

        public long? EgressBurst { get; init; }

        public required IReadOnlyList<Port> Ports { get; init; }

        public bool PortsInDoubt { get; init; }

        public IReadOnlyList<Port>? ChangingPorts { get; init; }
    }

    public sealed record Route(string Destination, string? NextHop);

    public sealed record Port(
        string HostAddress, int HostPort, int ContainerPort, string Protocol, IReadOnlyList<string>? Sources = null, int? Count = null);
}
