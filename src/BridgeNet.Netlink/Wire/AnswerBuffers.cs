namespace BridgeNet.Netlink.Wire;

/// <summary>
/// Buffers for answers, all of one size; a few are kept for the next socket. The runtime's own pool measures the processor at its first return,
/// which takes as long as an exchange with the kernel.
/// </summary>
internal static class AnswerBuffers
{
    /// <summary>Room for the largest datagram of a dump, 32 KiB, and for nearly every single answer.</summary>
    public const int Bytes = 64 * 1024;

    private const int Kept = 4;

    private static readonly byte[]?[] s_spare = new byte[]?[Kept];

    /// <summary>A buffer with undefined content.</summary>
    public static byte[] Rent()
    {
        for (int i = 0; i < Kept; i++)
        {
            if (Interlocked.Exchange(ref s_spare[i], null) is { } spare)
            {
                return spare;
            }
        }
        return GC.AllocateUninitializedArray<byte>(Bytes);
    }

    /// <summary>Takes a buffer back; the caller must not use it any more. A buffer of another size, made for a long answer, is not kept.</summary>
    public static void Return(byte[] buffer)
    {
        for (int i = 0; i < Kept && buffer.Length == Bytes; i++)
        {
            if (Interlocked.CompareExchange(ref s_spare[i], buffer, null) is null)
            {
                return;
            }
        }
    }
}
