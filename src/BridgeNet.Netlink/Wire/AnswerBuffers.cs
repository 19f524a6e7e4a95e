namespace BridgeNet.Netlink.Wire;

/// <summary>
/// Buffers for answers, all of one size, of which a few are kept for the next socket. The runtime's own pool measures the processor when it is first given
/// something back, which takes as long as an exchange with the kernel.
/// </summary>
internal static class AnswerBuffers
{
    /// <summary>Room for the largest datagram of a dump, 32 KiB, and for nearly every single answer.</summary>
    public const int Bytes = 64 * 1024;

    private const int Kept = 4;

    private static readonly byte[]?[] s_spare = new byte[]?[Kept];

    /// <summary>One of them, with whatever in it.</summary>
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

    /// <summary>Gives one back, which nobody may use any more. One of another size, which somebody made for a long answer, is not kept: it would be lent to who needs less.</summary>
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
