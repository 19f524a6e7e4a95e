using System.Net;

using BridgeNet.Native;

namespace BridgeNet.Ports;

/// <summary>The ports of the calling thread's network namespace. Whether one is free of other programs is found out by binding it for a moment.</summary>
internal sealed class HostPorts : IHostPorts
{
    private readonly Lazy<EphemeralPorts> _ephemeral = new(() => EphemeralPorts.Read());

    private readonly Lazy<bool> _hasIPv6 = new(KnowsIPv6);

    public bool HasIPv6 => _hasIPv6.Value;

    public EphemeralPorts Ephemeral => _ephemeral.Value;

    /// <inheritdoc/>
    /// <exception cref="PrivilegeException">CAP_NET_BIND_SERVICE is missing, and the port is below ip_unprivileged_port_start.</exception>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public string? Refusal(PublishedPort port) =>
        Explain(port, PortSocket.Probe(port.HostAddress, port.HostPort, (int)port.Protocol));

    /// <summary>What an attempt to bind a port means.</summary>
    /// <inheritdoc cref="Refusal" path="/exception"/>
    /// <returns>Who has it, and the way out; null if it can be published.</returns>
    public static string? Explain(PublishedPort port, Errno errno) => errno switch
    {
        Errno.None => null,
        Errno.EPROTONOSUPPORT or Errno.ESOCKTNOSUPPORT when port.Protocol is TransportProtocol.Sctp => null, // so no program can have it
        Errno.EADDRINUSE => "another program has bound it: stop that program, or choose another port",
        Errno.EADDRNOTAVAIL => throw Unusable($"{port.HostAddress} is not an address of this host"),
        Errno.EAFNOSUPPORT => throw Unusable($"{port.HostAddress} is of IPv6, which this host has not: publish at an IPv4 address"),
        Errno.EINVAL when port.HostAddress.IsIPv6LinkLocal =>
            throw Unusable($"{port.HostAddress} is link-local, an address on one link only: publish at another, or at [::]"),
        Errno.EACCES => throw new PrivilegeException($"binding host port {port}", "CAP_NET_BIND_SERVICE", new KernelException(errno, "bind")),
        _ => throw new KernelException(errno, $"bind host port {port}"),
    };

    /// <summary>A kernel that is short of something now is not one without IPv6: half of the ports would be published, and nobody would know.</summary>
    private static bool KnowsIPv6() => PortSocket.Probe(IPAddress.IPv6Any, port: 0, (int)TransportProtocol.Tcp) switch
    {
        Errno.None => true,
        Errno.EAFNOSUPPORT or Errno.EADDRNOTAVAIL or Errno.EPROTONOSUPPORT => false,
        Errno errno => throw new KernelException(errno, "bind a port of IPv6"),
    };

    private static ConfigurationException Unusable(string reason) => new("host address", reason);
}
