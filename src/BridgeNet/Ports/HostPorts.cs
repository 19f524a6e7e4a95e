using System.Net;
using System.Net.Sockets;

using BridgeNet.Native;
using BridgeNet.Netlink.Sockets;

namespace BridgeNet.Ports;

/// <summary>The ports of the calling thread's network namespace. Binding one for a moment tells whether another program has it.</summary>
internal sealed class HostPorts : IHostPorts
{
    /// <summary>From so many ports on a list of all sockets costs less than to bind each port (about 0.7 ms against 6 us a port).</summary>
    private const int ManyPorts = 128;

    private static readonly AddressFamily[] s_families = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];

    private (TransportProtocol Protocol, int First, int Count, HashSet<int> Ports)? _listed;

    private EphemeralPorts? _ephemeral;

    private bool? _hasIPv6;

    public bool HasIPv6 => _hasIPv6 ??= KnowsIPv6();

    public EphemeralPorts Ephemeral => _ephemeral ??= EphemeralPorts.Read();

    /// <inheritdoc/>
    /// <exception cref="PrivilegeException">CAP_NET_BIND_SERVICE is missing, and the port is below ip_unprivileged_port_start.</exception>
    /// <exception cref="KernelException">The kernel refused for another reason.</exception>
    public PortRefusal? Refusal(PublishedPort port) =>
        port.Count == 1 ? Bound(port)
        : port.Count >= ManyPorts && port.Protocol is not TransportProtocol.Sctp ? RefusalOfMany(port)
        : port.Each().Select(Bound).FirstOrDefault(refusal => refusal is not null);

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

    private static PortRefusal? Bound(PublishedPort port)
    {
        Errno errno = PortSocket.Probe(port.HostAddress, port.HostPort, (int)port.Protocol);
        return Explain(port, errno) is { } reason ? new PortRefusal(port, reason) : null;
    }

    /// <summary>
    /// The sockets that there are tell which ports are in use at all, and of those binding tells whether anybody else could have them. That nobody is
    /// missed is seen by the first port, which is bound meanwhile: kernels before 6.8 do not list sockets that are bound and nothing else.
    /// </summary>
    private PortRefusal? RefusalOfMany(PublishedPort range)
    {
        PublishedPort first = range.Part(0, 1);
        using FileDescriptor? held = PortSocket.TryHold(first.HostAddress, first.HostPort, (int)first.Protocol, out Errno errno);
        if (Explain(first, errno) is { } reason)
        {
            return new PortRefusal(first, reason);
        }
        IEnumerable<int> inUse = InUse(range) is { } ports && ports.Contains(first.HostPort)
            ? ports.Where(port => port > first.HostPort).Order()
            : Enumerable.Range(first.HostPort + 1, range.Count - 1);
        return inUse.Select(port => Bound(range.Part(port - first.HostPort, 1))).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>
    /// The ports of a range that sockets have, at whatever address; null if the kernel does not list them. It is kept for the range's next address.
    /// </summary>
    private HashSet<int>? InUse(PublishedPort range)
    {
        if (_listed is { } listed && (listed.Protocol, listed.First, listed.Count) == (range.Protocol, range.HostPort, range.Count))
        {
            return listed.Ports;
        }
        try
        {
            using SocketDiagnostics sockets = SocketDiagnostics.Open();
            HashSet<int> ports = [];
            foreach (AddressFamily family in s_families)
            {
                ushort first = (ushort)range.HostPort, last = (ushort)(range.HostPort + range.Count - 1);
                ports.UnionWith(sockets.ListPorts(family, (ProtocolType)range.Protocol, first, last).Select(port => (int)port));
            }
            _listed = (range.Protocol, range.HostPort, range.Count, ports);
            return ports;
        }
        catch (KernelException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the host has IPv6. A kernel that is short of memory has it too: else half of the ports would be published in silence.
    /// </summary>
    private static bool KnowsIPv6() => PortSocket.Probe(IPAddress.IPv6Any, port: 0, (int)TransportProtocol.Tcp) switch
    {
        Errno.None => true,
        Errno.EAFNOSUPPORT or Errno.EADDRNOTAVAIL or Errno.EPROTONOSUPPORT => false,
        Errno errno => throw new KernelException(errno, "bind a port of IPv6"),
    };

    private static ConfigurationException Unusable(string reason) => new(nameof(PortSpec.HostAddress), reason);
}
