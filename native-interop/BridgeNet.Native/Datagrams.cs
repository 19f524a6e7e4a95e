using System.Net;
using System.Net.Sockets;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>What .NET's sockets cannot do with datagrams.</summary>
public static unsafe class Datagrams
{
    /// <summary>Sends a datagram from an address that the sender chooses among the host's: IPV6_PKTINFO of sendmsg(2), without waiting.</summary>
    /// <param name="socket">An IPv6 UDP socket that is bound to a port.</param>
    /// <param name="datagram">Up to 65,507 bytes.</param>
    /// <param name="from">Where it is to come from; an IPv6 address of the host in the socket's namespace.</param>
    /// <param name="interfaceIndex">By which interface, for link-local addresses; 0 leaves the choice to the routes.</param>
    /// <param name="to">Where it goes; an IPv6 address.</param>
    /// <returns>EAGAIN if the send buffer is full; EINVAL or EADDRNOTAVAIL if the address is not the host's; ENETUNREACH without a route.</returns>
    public static Errno SendFrom(SafeSocketHandle socket, ReadOnlySpan<byte> datagram, IPAddress from, int interfaceIndex, IPEndPoint to)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        PacketInformation6 information = new() { InterfaceIndex = interfaceIndex };
        if (!from.TryWriteBytes(information.Address, out int length) || length != sizeof(PacketInformation6.AddressBytes))
        {
            throw new ArgumentException($"{from} is no IPv6 address", nameof(from));
        }
        SocketAddress destination = to.Serialize();
        using HeldSocket held = new(socket);
        fixed (byte* bytes = datagram, name = destination.Buffer.Span)
        {
            iovec content = new() { iov_base = bytes, iov_len = (size_t)(ulong)datagram.Length };
            return Send(held.Descriptor, content, name, destination.Size, information);
        }
    }

    /// <summary>Sends a datagram without waiting, whether or not the socket waits.</summary>
    /// <param name="socket">A datagram socket.</param>
    /// <param name="datagram">Up to 65,507 bytes.</param>
    /// <param name="to">Where it goes: a sockaddr of the socket's family.</param>
    /// <returns>EAGAIN if the send buffer is full; ENETUNREACH without a route.</returns>
    public static Errno Send(SafeSocketHandle socket, ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> to)
    {
        using HeldSocket held = new(socket);
        fixed (byte* bytes = datagram, name = to)
        {
            iovec content = new() { iov_base = bytes, iov_len = (size_t)(ulong)datagram.Length };
            msghdr message = new() { msg_name = name, msg_namelen = (socklen_t)(uint)to.Length, msg_iov = &content, msg_iovlen = 1 };
            return Send(held.Descriptor, &message);
        }
    }

    private static Errno Send(int socket, iovec payload, byte* name, int nameLength, PacketInformation6 information)
    {
        int controlLength = LibC.CMSG_SPACE(sizeof(PacketInformation6));
        byte* control = stackalloc byte[controlLength];
        new Span<byte>(control, controlLength).Clear();
        msghdr message = new()
        {
            msg_name = name,
            msg_namelen = (socklen_t)(uint)nameLength,
            msg_iov = &payload,
            msg_iovlen = 1,
            msg_control = control,
            msg_controllen = (socklen_t)(uint)controlLength,
        };
        cmsghdr* header = LibC.CMSG_FIRSTHDR(&message);
        header->cmsg_level = LibC.IPPROTO_IPV6;
        header->cmsg_type = LibC.IPV6_PKTINFO;
        header->cmsg_len = (socklen_t)(uint)LibC.CMSG_LEN(sizeof(PacketInformation6));
        *(PacketInformation6*)LibC.CMSG_DATA(header) = information;
        return Send(socket, &message);
    }

    private static Errno Send(int socket, msghdr* message)
    {
        while (LibC.sendmsg(socket, message, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL) < 0)
        {
            if (Call.LastError is not Errno.EINTR)
            {
                return Call.LastError;
            }
        }
        return Errno.None;
    }
}
