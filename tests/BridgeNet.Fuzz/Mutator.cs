using System.Buffers.Binary;

namespace BridgeNet.Fuzz;

/// <summary>Makes inputs of inputs.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> words)
{
    private const int LongestInput = 4096;

    private static readonly int[] s_interesting = [0, 1, 2, 3, 4, 7, 8, 15, 16, 20, 31, 32, 64, 127, 128, 255, 256, 1024, 32_767, 32_768, 65_535];

    private readonly byte[] _buffer = new byte[LongestInput * 2];
    private int _length;

    /// <summary>Some changes of an input, with another to take parts of.</summary>
    public ReadOnlySpan<byte> Mutate(ReadOnlySpan<byte> input, ReadOnlySpan<byte> other)
    {
        _length = Math.Min(input.Length, LongestInput);
        input[.._length].CopyTo(_buffer);
        for (int change = 1 + random.Next(6); change > 0; change--)
        {
            Change(other);
        }
        return _buffer.AsSpan(0, _length);
    }

    private void Change(ReadOnlySpan<byte> other)
    {
        int at = random.Next(_length + 1);
        switch (random.Next(9))
        {
            case 0 when at < _length: _buffer[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < _length: _buffer[at] = (byte)random.Next(256); break;
            case 2 when at < _length: _buffer[at] += (byte)(random.Next(35) - 17); break;
            case 3 when at + 2 <= _length:
                BinaryPrimitives.WriteUInt16LittleEndian(
                _buffer.AsSpan(at), (ushort)s_interesting[random.Next(s_interesting.Length)]); break;
            case 4 when at
                + 4 <= _length:
                BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(at), s_interesting[random.Next(s_interesting.Length)]); break;
            case 5: Remove(at, random.Next(1, 17)); break;
            case 6: Insert(at, words[random.Next(words.Count)]); break;
            case 7 when !other.IsEmpty:
                int from = random.Next(other.Length);
                Insert(at, other.Slice(from, random.Next(1, Math.Min(65, other.Length - from + 1))));
                break;
            case 8 when words.Count > 0 && at < _length:
                ReadOnlySpan<byte> word = words[random.Next(words.Count)];
                word[..Math.Min(word.Length, _length - at)].CopyTo(_buffer.AsSpan(at));
                break;
            default: Insert(at, [(byte)random.Next(256)]); break;
        }
    }

    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length <= LongestInput)
        {
            _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + bytes.Length));
            bytes.CopyTo(_buffer.AsSpan(at));
            _length += bytes.Length;
        }
    }

    private void Remove(int at, int count)
    {
        count = Math.Min(count, _length - at);
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at));
        _length -= count;
    }
}
