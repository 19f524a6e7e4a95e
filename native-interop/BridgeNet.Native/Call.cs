using System.Diagnostics.CodeAnalysis;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>What every system call here does with its result.</summary>
internal static class Call
{
    public static Errno LastError => (Errno)LibC.errno;

    [DoesNotReturn]
    public static void Throw(string operation) => throw new KernelException(LastError, operation);

    public static void ThrowIfFailed(int result, string operation)
    {
        if (result < 0)
        {
            Throw(operation);
        }
    }
}
