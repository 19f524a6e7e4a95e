using System.Text;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>The system calls on a netlink socket. The socket belongs for life to the network namespace in which it was opened.</summary>
public static unsafe class NetlinkDescriptor
{
    /// <summary>Opens a socket with extended acknowledgements, which the kernel binds at the first send.</summary>
    /// <exception cref="KernelException">As socket(2) says: EPROTONOSUPPORT if the kernel lacks the family.</exception>
    public static FileDescriptor Open(NetlinkProtocol protocol)
    {
        int descriptor = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, (int)protocol);
        if (descriptor < 0) // an enumeration's name is looked for long, so only then
        {
            Call.ThrowIfFailed(descriptor, $"open a netlink socket ({protocol})");
        }
        return Prepare(new FileDescriptor(descriptor));
    }

    /// <summary>As <see cref="Open"/>, in another network namespace; the calling thread is back when this returns.</summary>
    /// <returns>Null if the thread may not go there or could not come back: then a thread of its own is to try, and to end there.</returns>
    public static FileDescriptor? TryOpenIn(FileDescriptor networkNamespace, NetlinkProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(networkNamespace);
        int descriptor = NamespaceVisit.OpenSocket(networkNamespace, LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, (int)protocol);
        return descriptor < 0 ? null : Prepare(new FileDescriptor(descriptor));
    }

    /// <summary>Makes dumps filter by the fields of the request's header (NETLINK_GET_STRICT_CHK, Linux 4.20).</summary>
    /// <exception cref="KernelException">ENOPROTOOPT on an older kernel.</exception>
    public static void CheckStrictly(FileDescriptor socket) => SetOption(socket, LinuxConstants.NetlinkGetStrictCheck, 1);

    /// <summary>Gives the socket its own address now instead of at the first send: without one it hears of no group.</summary>
    /// <exception cref="KernelException">As bind(2) says.</exception>
    public static void Bind(FileDescriptor socket)
    {
        const int AddressLength = 12; // sizeof(struct sockaddr_nl); all zero but the family lets the kernel choose
        byte* address = stackalloc byte[AddressLength];
        new Span<byte>(address, AddressLength).Clear();
        *(ushort*)address = (ushort)LibC.AF_NETLINK;
        Call.ThrowIfFailed(LibC.bind(socket.Value, (sockaddr*)address, AddressLength), "bind a netlink socket");
    }

    /// <summary>Also receives events of namespaces that the socket's own has a number for, such as those at the far end of its veths.</summary>
    /// <exception cref="KernelException">EPERM without CAP_NET_BROADCAST.</exception>
    public static void ListenToNeighbours(FileDescriptor socket) => SetOption(socket, LinuxConstants.NetlinkListenAllNamespaces, 1);

    /// <summary>Joins a multicast group, one of RTNLGRP_… or NFNLGRP_….</summary>
    /// <exception cref="KernelException">As setsockopt(2) says.</exception>
    public static void Join(FileDescriptor socket, int group) => SetOption(socket, LinuxConstants.NetlinkAddMembership, group);

    /// <summary>
    /// A number of the network namespace in which the socket was opened, which no other has until the next boot: an inode's number is used again at
    /// once.
    /// </summary>
    /// <returns>Null from a kernel before 5.14.</returns>
    public static ulong? NamespaceCookieOf(FileDescriptor socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ulong cookie = 0;
        socklen_t length = sizeof(ulong);
        return LibC.getsockopt(socket.Value, LibC.SOL_SOCKET, LinuxConstants.NamespaceCookie, &cookie, &length) == 0 ? cookie : null;
    }

    /// <summary>Makes room for one send of so many bytes, beyond the system's limit where the caller may (CAP_NET_ADMIN).</summary>
    /// <exception cref="KernelException">As setsockopt(2) says.</exception>
    public static void ReserveSendBuffer(FileDescriptor socket, int bytes)
    {
        int size = bytes;
        if (LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LinuxConstants.SendBufferForce, &size, sizeof(int)) < 0)
        {
            Call.ThrowIfFailed(LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_SNDBUF, &size, sizeof(int)), "setsockopt SO_SNDBUF");
        }
    }

    /// <summary>Makes room for so many bytes of answers, beyond the system's limit where the caller may (CAP_NET_ADMIN).</summary>
    /// <exception cref="KernelException">As setsockopt(2) says.</exception>
    public static void ReserveReceiveBuffer(FileDescriptor socket, int bytes)
    {
        int size = bytes;
        if (LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LinuxConstants.ReceiveBufferForce, &size, sizeof(int)) < 0)
        {
            Call.ThrowIfFailed(LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_RCVBUF, &size, sizeof(int)), "setsockopt SO_RCVBUF");
        }
    }

    /// <summary>Sends all the bytes as one datagram to the kernel, which has acted on them when this returns.</summary>
    public static Errno Send(FileDescriptor socket, ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram)
        {
            while (LibC.send(socket.Value, bytes, (size_t)(ulong)datagram.Length, 0) < 0)
            {
                if (Call.LastError is not Errno.EINTR)
                {
                    return Call.LastError;
                }
            }
            return Errno.None;
        }
    }

    /// <summary>Takes the next datagram without waiting for one.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">Where the datagram goes.</param>
    /// <param name="length">Its whole length, which is more than the buffer's if the rest was cut off.</param>
    /// <returns>EAGAIN if none waits; ENOBUFS if the kernel had to drop some.</returns>
    public static Errno Receive(FileDescriptor socket, Span<byte> buffer, out int length)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                long received = LibC.recv(socket.Value, bytes, (size_t)(ulong)buffer.Length, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
                if (received >= 0)
                {
                    length = (int)received;
                    return Errno.None;
                }
                if (Call.LastError is not Errno.EINTR)
                {
                    length = 0;
                    return Call.LastError;
                }
            }
        }
    }

    /// <summary>The number of an interface of the socket's namespace by its name; the lookup does not wait for rtnl_mutex.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="name">1 to 15 bytes of UTF-8.</param>
    /// <param name="index">The number; 0 if there is an error.</param>
    /// <returns>ENODEV if there is no such interface.</returns>
    public static Errno FindInterface(FileDescriptor socket, ReadOnlySpan<char> name, out int index)
    {
        const int NameBytes = 16, RequestBytes = 40; // IFNAMSIZ, sizeof(struct ifreq)
        byte* request = stackalloc byte[RequestBytes];
        Span<byte> bytes = new(request, RequestBytes);
        bytes.Clear();
        if (!Encoding.UTF8.TryGetBytes(name, bytes[..(NameBytes - 1)], out _))
        {
            index = 0;
            return Errno.ENAMETOOLONG;
        }
        Errno errno = LibC.ioctl(socket.Value, LinuxConstants.GetInterfaceIndex, request) < 0 ? Call.LastError : Errno.None;
        index = errno is Errno.None ? *(int*)(request + NameBytes) : 0;
        return errno;
    }

    private static FileDescriptor Prepare(FileDescriptor socket)
    {
        try
        {
            SetOption(socket, LinuxConstants.NetlinkExtAck, 1);
            SetOption(socket, LinuxConstants.NetlinkCapAck, 1);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void SetOption(FileDescriptor socket, int option, int value) =>
        Call.ThrowIfFailed(
            LibC.setsockopt(socket.Value, LibC.SOL_NETLINK, option, &value, sizeof(int)), $"setsockopt SOL_NETLINK {option}");
}
