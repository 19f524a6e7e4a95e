namespace BridgeNet.Netlink.Wire;

/// <summary>
/// Buffers for answers, of which a few are kept for the next socket. The runtime's own pool measures the processor when it is first given something back,
/// which takes as long as an exchange with the kernel.
/// </summary>
internal static class AnswerBuffers
{
    private const int Kept = 4;

    private static readonly byte[]?[] s_spare = new byte[]?[Kept];

    /// <summary>One of at least so many bytes, with whatever in it.</summary>
    public static byte[] Rent(int bytes)
    {
        for (int i = 0; i < Kept; i++)
        {
            if (s_spare[i]?.Length >= bytes && Interlocked.Exchange(ref s_spare[i], null) is { } spare)
            {
                if (spare.Length >= bytes)
                {
                    return spare;
                }
                Return(spare); // another one by now
            }
        }
        return GC.AllocateUninitializedArray<byte>(bytes);
    }

    /// <summary>Gives one back, which nobody may use any more.</summary>
    public static void Return(byte[] buffer)
    {
        for (int i = 0; i < Kept; i++)
        {
            if (Interlocked.CompareExchange(ref s_spare[i], buffer, null) is null)
            {
                return;
            }
        }
    }
}
