using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>An interface in a result.</summary>
internal sealed record CniInterface
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its Ethernet address; null for none.</summary>
    public string? Mac { get; init; }

    /// <summary>Its largest packet, in bytes; null if unknown. From version 1.1.0 on.</summary>
    public int? Mtu { get; init; }

    /// <summary>The namespace that it is in; null for the host's.</summary>
    public string? Sandbox { get; init; }

    /// <summary>A socket by which it is reached (vhost-user). From version 1.1.0 on.</summary>
    public string? SocketPath { get; init; }

    /// <summary>Its place on the PCI bus. From version 1.1.0 on.</summary>
    public string? PciId { get; init; }

    /// <summary>Whether it is the interface with a name in a namespace.</summary>
    public bool IsAt(InterfaceName name, string sandbox) =>
        string.Equals(Name, name.ToString(), StringComparison.Ordinal) && string.Equals(Sandbox, sandbox, StringComparison.Ordinal);
}
