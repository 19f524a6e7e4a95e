using System.Runtime.InteropServices;

using SharpFuzz.Common;

namespace BridgeNet.Fuzz;

/// <summary>Which branches the instrumented code took: AFL's map of 64 Ki counters, which the instrumentation writes and this reads.</summary>
internal sealed unsafe class Coverage : IDisposable
{
    private const int Size = 1 << 16;

    private readonly byte* _map;
    private readonly byte[] _seen = new byte[Size];

    public Coverage()
    {
        _map = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.SharedMem = _map;
    }

    /// <summary>How many branches were ever taken.</summary>
    public int Branches { get; private set; }

    /// <summary>Forgets the last run.</summary>
    public void Begin()
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the last run took a branch that none took before, or one much more often.</summary>
    public bool IsNew()
    {
        bool isNew = false;
        Span<byte> map = new(_map, Size);
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(map);
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
            {
                continue;
            }
            for (int i = word * sizeof(ulong); i < (word + 1) * sizeof(ulong); i++)
            {
                byte bucket = BucketOf(map[i]);
                if ((_seen[i] | bucket) != _seen[i])
                {
                    Branches += _seen[i] == 0 ? 1 : 0;
                    _seen[i] |= bucket;
                    isNew = true;
                }
            }
        }
        return isNew;
    }

    public void Dispose()
    {
        Trace.SharedMem = null;
        NativeMemory.Free(_map);
    }

    private static byte BucketOf(byte count) =>
        count switch { 0 => 0, 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 };
}
