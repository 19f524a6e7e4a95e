using System.Runtime.InteropServices;

namespace BridgeNet.Netlink.Wire;

/// <summary>A sequence of attributes, for foreach. Read the types that you know and skip the others.</summary>
public ref struct AttributeList
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>The attributes in these bytes.</summary>
    public AttributeList(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>The current attribute.</summary>
    public AttributeReader Current { readonly get; private set; }

    /// <summary>The list itself, for foreach.</summary>
    public readonly AttributeList GetEnumerator() => this;

    /// <summary>Goes to the next attribute; false behind the last.</summary>
    /// <exception cref="NetlinkFormatException">An attribute's length is less than its header, or more than the rest of the bytes.</exception>
    public bool MoveNext()
    {
        if (_rest.Length < NetlinkAlignment.AttributeHeader)
        {
            return _rest.IsEmpty ? false : throw new NetlinkFormatException($"{_rest.Length} stray bytes behind the last attribute");
        }
        ushort length = MemoryMarshal.Read<ushort>(_rest);
        if (length < NetlinkAlignment.AttributeHeader || length > _rest.Length)
        {
            throw new NetlinkFormatException($"an attribute says it has {length} bytes: {_rest.Length} are there");
        }
        Current = new AttributeReader(MemoryMarshal.Read<ushort>(_rest[2..]), _rest[NetlinkAlignment.AttributeHeader..length]);
        _rest = _rest[Math.Min(NetlinkAlignment.Align(length), _rest.Length)..];
        return true;
    }

    /// <summary>The first attribute of a type.</summary>
    /// <returns>False if there is none.</returns>
    public readonly bool TryFind(ushort type, out AttributeReader found)
    {
        foreach (AttributeReader attribute in this)
        {
            if (attribute.Type == type)
            {
                found = attribute;
                return true;
            }
        }
        found = default;
        return false;
    }
}
