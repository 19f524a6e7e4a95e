using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Sockets that only occupy a port, to test or to hold it. They belong to the calling thread's network namespace.</summary>
/// <remarks>
/// A held TCP port is bound and does not listen. That is enough: without SO_REUSEADDR on this side no other socket can bind the port. It is
/// also better: a client is refused at once, as at a closed port, and tries the next address, whereas a listening socket would
/// accept connections that nobody serves or, with a filter, let the client wait.
/// A held UDP port would queue datagrams, so a filter drops them all, from before the bind on.
/// </remarks>
public static unsafe class PortSocket
{
    /// <summary>Binds a port and keeps it.</summary>
    /// <param name="address">An address of the host; the unspecified one of IPv6 leaves IPv4 alone.</param>
    /// <param name="port">0 to 65535; 0 is the kernel's choice.</param>
    /// <param name="protocol">The protocol's number in the IP header: 6 TCP, 17 UDP, 132 SCTP.</param>
    /// <param name="errno">
    /// Why not: EADDRINUSE; EADDRNOTAVAIL if it is no address of this host; EACCES below ip_unprivileged_port_start without
    /// CAP_NET_BIND_SERVICE; EPROTONOSUPPORT or EAFNOSUPPORT if the kernel lacks the protocol or IPv6; EMFILE past RLIMIT_NOFILE.
    /// </param>
    /// <returns>The socket, which lets the port go when it is disposed; null if the port cannot be had.</returns>
    public static FileDescriptor? TryHold(IPAddress address, int port, int protocol, out Errno errno)
    {
        ArgumentNullException.ThrowIfNull(address);
        int descriptor = Bind(address, port, protocol, dropping: protocol == LibC.IPPROTO_UDP, out errno);
        return errno is Errno.None ? new FileDescriptor(descriptor) : null;
    }

    /// <summary>Binds a port for a moment.</summary>
    /// <inheritdoc cref="TryHold" path="/param"/>
    /// <returns>None if a server could have the port; otherwise why not, as <see cref="TryHold"/> says it.</returns>
    public static Errno Probe(IPAddress address, int port, int protocol)
    {
        ArgumentNullException.ThrowIfNull(address);
        int descriptor = Bind(address, port, protocol, dropping: false, out Errno errno);
        if (errno is Errno.None)
        {
            _ = LibC.close(descriptor);
        }
        return errno;
    }

    /// <returns>The socket, which is open if there was no error.</returns>
    private static int Bind(IPAddress address, int port, int protocol, bool dropping, out Errno errno)
    {
        Span<byte> name = stackalloc byte[sizeof(sockaddr_in6)];
        name = name[..Write(name, address, port)];
        bool isIPv6 = address.AddressFamily is AddressFamily.InterNetworkV6;
        int type = protocol == LibC.IPPROTO_UDP ? LibC.SOCK_DGRAM : LibC.SOCK_STREAM;
        int socket = LibC.socket(isIPv6 ? LibC.AF_INET6 : LibC.AF_INET, type | LibC.SOCK_CLOEXEC, protocol);
        if (socket < 0)
        {
            errno = Call.LastError;
            return socket;
        }
        errno = isIPv6 ? SetOption(socket, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, 1) : Errno.None;
        errno = errno is Errno.None && dropping ? DropEverything(socket) : errno;
        errno = errno is Errno.None ? Bind(socket, name) : errno;
        if (errno is Errno.EADDRINUSE && protocol == LibC.IPPROTO_TCP)
        {
            errno = BindAfterServer(socket, name);
        }
        if (errno is not Errno.None)
        {
            _ = LibC.close(socket);
        }
        return socket;
    }

    /// <summary>Writes a struct sockaddr_in or sockaddr_in6, ip(7) and ipv6(7).</summary>
    /// <returns>Its length.</returns>
    private static int Write(Span<byte> name, IPAddress address, int port)
    {
        name.Clear();
        bool isIPv6 = address.AddressFamily is AddressFamily.InterNetworkV6;
        MemoryMarshal.Write(name, (ushort)(isIPv6 ? LibC.AF_INET6 : LibC.AF_INET));
        BinaryPrimitives.WriteUInt16BigEndian(name[2..], (ushort)port);
        _ = address.TryWriteBytes(name[(isIPv6 ? 8 : 4)..], out _);
        if (isIPv6)
        {
            MemoryMarshal.Write(name[24..], (uint)address.ScopeId);
        }
        return isIPv6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    }

    /// <summary>
    /// The connections of a server that has ended keep its port for a minute (TIME_WAIT), although any server could have it: all of them
    /// set SO_REUSEADDR. So does this one, while it listens for a moment to be refused if somebody else does; then it stands as firmly as
    /// without.
    /// </summary>
    private static Errno BindAfterServer(int socket, ReadOnlySpan<byte> name)
    {
        Errno errno = DropEverything(socket); // so that nobody is accepted in that moment
        errno = errno is Errno.None ? SetOption(socket, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1) : errno;
        errno = errno is Errno.None ? Bind(socket, name) : errno;
        errno = errno is Errno.None ? Outcome(LibC.listen(socket, 0)) : errno;
        errno = errno is Errno.None ? SetOption(socket, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 0) : errno;
        return errno is Errno.None ? Outcome(LibC.shutdown(socket, LibC.SHUT_RD)) : errno;
    }

    private static Errno Bind(int socket, ReadOnlySpan<byte> name)
    {
        fixed (byte* bytes = name)
        {
            return Outcome(LibC.bind(socket, (sockaddr*)bytes, name.Length));
        }
    }

    private static Errno DropEverything(int socket)
    {
        FilterInstruction keepNothing = new() { Code = LinuxConstants.FilterReturn, Constant = 0 };
        FilterProgram program = new() { Length = 1, Instructions = (nint)(&keepNothing) };
        return Outcome(LibC.setsockopt(socket, LibC.SOL_SOCKET, LibC.SO_ATTACH_FILTER, &program, sizeof(FilterProgram)));
    }

    private static Errno SetOption(int socket, int level, int option, int value) =>
        Outcome(LibC.setsockopt(socket, level, option, &value, sizeof(int)));

    private static Errno Outcome(int result) => result < 0 ? Call.LastError : Errno.None;
}
