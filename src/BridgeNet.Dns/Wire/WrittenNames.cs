using System.Runtime.CompilerServices;

namespace BridgeNet.Dns.Wire;

/// <summary>Where a message has names already, so that later ones can point at them. It remembers so many and no more.</summary>
internal struct WrittenNames
{
    private const int Most = 24;
    private const int LastTarget = 0x3fff; // a pointer has 14 bits

    private Places _places;
    private int _count;

    /// <summary>Remembers every label of a name that was written at a place.</summary>
    public void Add(ReadOnlySpan<byte> name, int place)
    {
        for (int at = 0; at < name.Length && name[at] != 0; at += name[at] + 1)
        {
            if (_count < Most && place + at <= LastTarget)
            {
                _places[_count++] = (ushort)(place + at);
            }
        }
    }

    /// <summary>Looks for the longest end of a name that the message has.</summary>
    /// <param name="message">What is written.</param>
    /// <param name="name">The name.</param>
    /// <param name="length">How many bytes of the name are to be written before the pointer; all of them if there is none.</param>
    /// <returns>Where the end stands; -1 if the message has none.</returns>
    public readonly int Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, out int length)
    {
        for (length = 0; length < name.Length && name[length] != 0; length += name[length] + 1)
        {
            foreach (ushort place in _places[.._count])
            {
                if (place < message.Length && IsAt(message, place, name[length..]))
                {
                    return place;
                }
            }
        }
        length = name.Length;
        return -1;
    }

    private static bool IsAt(ReadOnlySpan<byte> message, int place, ReadOnlySpan<byte> name)
    {
        Span<byte> there = stackalloc byte[DomainName.MostBytes];
        return DomainName.TryRead(message, ref place, there, out int length) && there[..length].SequenceEqual(name);
    }

    [InlineArray(Most)]
    private struct Places
    {
        private ushort _first;
    }
}
