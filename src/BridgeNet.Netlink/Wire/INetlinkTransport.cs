using BridgeNet.Native;

namespace BridgeNet.Netlink.Wire;

/// <summary>The datagrams under a socket: the kernel's, or those of a test that plays the kernel.</summary>
internal interface INetlinkTransport : IDisposable
{
    /// <summary>Sends one datagram; the kernel has acted on it when this returns.</summary>
    Errno Send(ReadOnlySpan<byte> datagram);

    /// <summary>Takes the next datagram without waiting: EAGAIN if none is there, ENOBUFS if some were lost.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="length">Its whole length, also when the buffer is shorter.</param>
    Errno Receive(Span<byte> buffer, out int length);

    /// <summary>The number of an interface by its name, beside the datagrams.</summary>
    /// <returns>ENODEV if there is none.</returns>
    Errno FindInterface(ReadOnlySpan<char> name, out int index);

    /// <summary>A number of the socket's network namespace that no other ever has; null if the kernel gives none.</summary>
    ulong? NamespaceCookie { get; }

    /// <summary>Makes room for a send of so many bytes and for the answers to it.</summary>
    void Reserve(int bytes);
}
