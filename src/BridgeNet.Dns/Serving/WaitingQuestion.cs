using System.Net;
using System.Net.Sockets;

using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>A datagram that came in and is not served yet.</summary>
internal sealed class WaitingQuestion(AddressFamily family)
{
    private const int UsualBytes = 512;

    private byte[] _message = new byte[UsualBytes];
    private int _length;

    /// <summary>From where it came; the kernel writes it.</summary>
    public SocketAddress Source { get; } = new(family);

    /// <summary>The address of <see cref="Source"/>.</summary>
    public HostAddress Asker { get; private set; }

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Message => _message.AsSpan(0, _length);

    /// <summary>Takes a datagram's bytes, once <see cref="Source"/> is written.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        if (message.Length > _message.Length)
        {
            _message = new byte[message.Length];
        }
        message.CopyTo(_message);
        _length = message.Length;
        Asker = HostAddress.Of(Source);
    }
}
