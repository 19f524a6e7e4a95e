using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>
/// Sends Ethernet frames, header and all, by one interface, and receives nothing. The socket belongs for life to the network namespace in
/// which it was opened, and keeps it alive. Not safe for concurrent use.
/// </summary>
public sealed unsafe class PacketSocket : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private PacketSocket(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    /// <param name="interfaceIndex">The interface, 1 or more, by which every frame leaves.</param>
    /// <exception cref="KernelException">EPERM without CAP_NET_RAW; ENODEV for an unknown interface; EAFNOSUPPORT without packet sockets.</exception>
    public static PacketSocket Open(int interfaceIndex)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interfaceIndex, 1); // 0 would bind to every interface
        int descriptor = LibC.socket(LinuxConstants.AddressFamilyPacket, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, 0);
        Call.ThrowIfFailed(descriptor, "open a packet socket");
        FileDescriptor socket = new(descriptor);
        try
        {
            SocketAddressLink address = new() { Family = LinuxConstants.AddressFamilyPacket, InterfaceIndex = interfaceIndex };
            Call.ThrowIfFailed(
                LibC.bind(socket.Value, (sockaddr*)&address, (uint)sizeof(SocketAddressLink)), $"bind a packet socket to interface {interfaceIndex}");
            return new PacketSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a frame that begins with its Ethernet header.</summary>
    /// <returns>ENETDOWN if the interface is down, ENXIO if it is gone, EMSGSIZE beyond its MTU, ENOBUFS if its queue is full.</returns>
    public Errno Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* bytes = frame)
        {
            while (LibC.send(_descriptor.Value, bytes, (size_t)(ulong)frame.Length, LibC.MSG_DONTWAIT) < 0)
            {
                if (Call.LastError is not Errno.EINTR)
                {
                    return Call.LastError;
                }
            }
            return Errno.None;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
