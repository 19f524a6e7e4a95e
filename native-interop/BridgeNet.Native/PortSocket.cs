using System.Net;
using System.Net.Sockets;

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
        return TryBind(new IPEndPoint(address, port), protocol, dropping: protocol == LibC.IPPROTO_UDP, out errno);
    }

    /// <summary>Binds a port for a moment.</summary>
    /// <inheritdoc cref="TryHold" path="/param"/>
    /// <returns>None if a server could have the port; otherwise why not, as <see cref="TryHold"/> says it.</returns>
    public static Errno Probe(IPAddress address, int port, int protocol)
    {
        ArgumentNullException.ThrowIfNull(address);
        using FileDescriptor? socket = TryBind(new IPEndPoint(address, port), protocol, dropping: false, out Errno errno);
        return errno;
    }

    private static FileDescriptor? TryBind(IPEndPoint place, int protocol, bool dropping, out Errno errno)
    {
        bool isIPv6 = place.AddressFamily is AddressFamily.InterNetworkV6;
        int type = protocol == LibC.IPPROTO_UDP ? LibC.SOCK_DGRAM : LibC.SOCK_STREAM;
        int descriptor = LibC.socket(isIPv6 ? LibC.AF_INET6 : LibC.AF_INET, type | LibC.SOCK_CLOEXEC, protocol);
        if (descriptor < 0)
        {
            errno = Call.LastError;
            return null;
        }
        FileDescriptor socket = new(descriptor);
        errno = isIPv6 ? SetOption(socket, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, 1) : Errno.None;
        errno = errno is Errno.None && dropping ? DropEverything(socket) : errno;
        errno = errno is Errno.None ? Bind(socket, place) : errno;
        if (errno is Errno.EADDRINUSE && protocol == LibC.IPPROTO_TCP)
        {
            errno = BindAfterServer(socket, place);
        }
        if (errno is Errno.None)
        {
            return socket;
        }
        socket.Dispose();
        return null;
    }

    /// <summary>
    /// The connections of a server that has ended keep its port for a minute (TIME_WAIT), although any server could have it: all of them
    /// set SO_REUSEADDR. So does this one, while it listens for a moment to be refused if somebody else does; then it stands as firmly as
    /// without.
    /// </summary>
    private static Errno BindAfterServer(FileDescriptor socket, IPEndPoint place)
    {
        Errno errno = DropEverything(socket); // so that nobody is accepted in that moment
        errno = errno is Errno.None ? SetOption(socket, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1) : errno;
        errno = errno is Errno.None ? Bind(socket, place) : errno;
        errno = errno is Errno.None ? Outcome(LibC.listen(socket.Value, 0)) : errno;
        errno = errno is Errno.None ? SetOption(socket, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 0) : errno;
        return errno is Errno.None ? Outcome(LibC.shutdown(socket.Value, LibC.SHUT_RD)) : errno;
    }

    private static Errno Bind(FileDescriptor socket, IPEndPoint place)
    {
        SocketAddress name = place.Serialize();
        fixed (byte* bytes = name.Buffer.Span)
        {
            return Outcome(LibC.bind(socket.Value, (sockaddr*)bytes, name.Size));
        }
    }

    private static Errno DropEverything(FileDescriptor socket)
    {
        FilterInstruction keepNothing = new() { Code = LinuxConstants.FilterReturn, Constant = 0 };
        FilterProgram program = new() { Length = 1, Instructions = (nint)(&keepNothing) };
        return Outcome(LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_ATTACH_FILTER, &program, sizeof(FilterProgram)));
    }

    private static Errno SetOption(FileDescriptor socket, int level, int option, int value) =>
        Outcome(LibC.setsockopt(socket.Value, level, option, &value, sizeof(int)));

    private static Errno Outcome(int result) => result < 0 ? Call.LastError : Errno.None;
}
