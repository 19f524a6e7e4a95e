using BridgeNet.Dns.Names;
using BridgeNet.Native;

namespace BridgeNet.Dns.Serving;

/// <summary>A datagram that came in and is not served yet.</summary>
internal sealed class WaitingQuestion
{
    private const int UsualBytes = 512;

    private readonly byte[] _source = new byte[DatagramBatch.MostAddressBytes];
    private byte[] _message = new byte[UsualBytes];
    private int _sourceLength;
    private int _length;

    /// <summary>From where it came: a sockaddr_in or sockaddr_in6.</summary>
    public ReadOnlySpan<byte> Source => _source.AsSpan(0, _sourceLength);

    /// <summary>The address of <see cref="Source"/>.</summary>
    public HostAddress Asker { get; private set; }

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Message => _message.AsSpan(0, _length);

    /// <summary>Takes a datagram.</summary>
    /// <param name="message">Its bytes.</param>
    /// <param name="source">From where it came: a sockaddr_in or sockaddr_in6.</param>
    public void Take(ReadOnlySpan<byte> message, ReadOnlySpan<byte> source)
    {
        if (message.Length > _message.Length)
        {
            _message = new byte[message.Length];
        }
        message.CopyTo(_message);
        _length = message.Length;
        source.CopyTo(_source);
        _sourceLength = source.Length;
        Asker = HostAddress.OfSocket(source);
    }
}
