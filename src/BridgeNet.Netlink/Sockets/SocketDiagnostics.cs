using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

using BridgeNet.Native;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Tracing;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Sockets;

/// <summary>The sockets of a network namespace's programs, as ss(8) lists them (sock_diag(7)). Not safe for concurrent use.</summary>
public sealed class SocketDiagnostics : NetlinkSocket
{
    /// <summary>TCP's states and the kernel's additional ones, such as bound only (Linux 6.8).</summary>
    private const uint AllStates = uint.MaxValue;

    internal SocketDiagnostics(INetlinkTransport transport)
        : base(transport)
    {
    }

    /// <summary>Opens a socket in the calling thread's network namespace, to which it belongs for life.</summary>
    /// <exception cref="KernelException">EPROTONOSUPPORT if the kernel has no sock_diag.</exception>
    public static SocketDiagnostics Open() =>
        new(NetlinkTrace.Watch(new KernelTransport(NetlinkProtocol.SocketDiagnostics), NetlinkProtocol.SocketDiagnostics));

    /// <summary>The local ports of sockets, at any address and in any state; a port appears once for each socket.</summary>
    /// <param name="family">IPv4 or IPv6; a socket of IPv6 may serve both.</param>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="first">The lowest port to list.</param>
    /// <param name="last">The highest.</param>
    /// <exception cref="NetlinkException">ENOENT or EOPNOTSUPP if the kernel lists none (CONFIG_INET_DIAG, CONFIG_INET_UDP_DIAG).</exception>
    /// <remarks>Since Linux 6.8 it includes TCP sockets that are bound and neither listen nor are connected.</remarks>
    public IReadOnlyList<ushort> ListPorts(AddressFamily family, ProtocolType protocol, ushort first, ushort last)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(SocketDiagnosticsType.ByFamily, NetlinkFlags.Dump))
        {
            writer.WriteHeader(new InetDiagRequest { Family = RouteFamily.Of(family), Protocol = (byte)protocol, States = AllStates });
            writer.WriteBytes(InetDiagAttribute.Bytecode, MemoryMarshal.AsBytes(Between(first, last)));
        }
        return Dump(static message => OwnPortOf(message.Header<InetDiagMessage>()));
    }

    /// <inheritdoc/>
    internal override string Describe(NetlinkMessage request) => "list sockets";

    private static ushort OwnPortOf(InetDiagMessage socket) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(socket.Port) : socket.Port;

    /// <summary>Each comparison has two steps. A comparison that fails jumps 4 bytes beyond the end, which means no match.</summary>
    private static InetDiagOperation[] Between(ushort first, ushort last)
    {
        const int Step = 4, Comparison = 2 * Step;
        return
        [
            new InetDiagOperation(InetDiagCode.PortAtLeast, Comparison, (2 * Comparison) + Step),
            new InetDiagOperation(0, 0, first),
            new InetDiagOperation(InetDiagCode.PortAtMost, Comparison, Comparison + Step),
            new InetDiagOperation(0, 0, last),
        ];
    }
}
