using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Wire;

/// <summary>The messages of one datagram, for foreach.</summary>
public ref struct NetlinkDatagram
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>The messages in these bytes.</summary>
    public NetlinkDatagram(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>The current message.</summary>
    public NetlinkMessage Current { readonly get; private set; }

    /// <summary>The datagram itself, for foreach.</summary>
    public readonly NetlinkDatagram GetEnumerator() => this;

    /// <summary>Goes to the next message; false behind the last.</summary>
    /// <exception cref="NetlinkFormatException">A message's length is less than its header, or more than the rest of the bytes.</exception>
    public bool MoveNext()
    {
        if (_rest.Length < NetlinkAlignment.MessageHeader)
        {
            return _rest.IsEmpty ? false : throw new NetlinkFormatException($"{_rest.Length} stray bytes behind the last message");
        }
        uint length = MemoryMarshal.Read<uint>(_rest);
        if (length < NetlinkAlignment.MessageHeader || length > (uint)_rest.Length)
        {
            throw new NetlinkFormatException($"a message says it has {length} bytes: {_rest.Length} are there");
        }
        Current = new NetlinkMessage(_rest[..(int)length]);
        _rest = _rest[Math.Min(NetlinkAlignment.Align((int)length), _rest.Length)..];
        return true;
    }
}
