using BridgeNet.Native;

namespace BridgeNet.Netlink.Wire;

/// <summary>A netlink socket of the kernel's.</summary>
internal sealed class KernelTransport(FileDescriptor socket) : INetlinkTransport
{
    /// <summary>The socket layer's overhead for a send, with room to spare.</summary>
    private const int SendOverhead = 4096;

    private readonly FileDescriptor _socket = socket;

    /// <summary>Opens one in the calling thread's namespace.</summary>
    public KernelTransport(NetlinkProtocol protocol)
        : this(NetlinkDescriptor.Open(protocol))
    {
    }

    public ulong? NamespaceCookie => NetlinkDescriptor.NamespaceCookieOf(_socket);

    public Errno Send(ReadOnlySpan<byte> datagram) => NetlinkDescriptor.Send(_socket, datagram);

    public Errno Receive(Span<byte> buffer, out int length) => NetlinkDescriptor.Receive(_socket, buffer, out length);

    public Errno FindInterface(ReadOnlySpan<char> name, out int index) => NetlinkDescriptor.FindInterface(_socket, name, out index);

    public void Reserve(int bytes)
    {
        NetlinkDescriptor.ReserveSendBuffer(_socket, bytes + SendOverhead);
        NetlinkDescriptor.ReserveReceiveBuffer(_socket, bytes + SendOverhead);
    }

    /// <summary>Makes dumps filter by the fields of the request's header.</summary>
    public void CheckStrictly() => NetlinkDescriptor.CheckStrictly(_socket);

    public void Dispose() => _socket.Dispose();
}
