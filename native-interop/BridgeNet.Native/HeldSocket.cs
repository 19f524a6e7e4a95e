using System.Net.Sockets;

namespace BridgeNet.Native;

/// <summary>A socket whose descriptor nobody closes until this is disposed.</summary>
internal readonly ref struct HeldSocket
{
    private readonly SafeSocketHandle _socket;

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public HeldSocket(SafeSocketHandle socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        bool isHeld = false;
        socket.DangerousAddRef(ref isHeld); // it throws, or it holds
        _socket = socket;
        Descriptor = (int)socket.DangerousGetHandle();
    }

    public int Descriptor { get; }

    public void Dispose() => _socket.DangerousRelease();
}
