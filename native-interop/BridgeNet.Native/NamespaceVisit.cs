using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Opens a socket in another network namespace on the calling thread, which is back before this returns.</summary>
/// <remarks>
/// Between leaving and coming back there are three calls of the C library by bare pointers, without a transition of the runtime: nothing can be
/// compiled, collected or started there, so no thread is born abroad. That the way back is open is tried before: who may not come back does not leave.
/// </remarks>
internal static unsafe class NamespaceVisit
{
    private static readonly delegate* unmanaged[SuppressGCTransition]<int, int, int> s_setns =
        (delegate* unmanaged[SuppressGCTransition]<int, int, int>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "setns");

    private static readonly delegate* unmanaged[SuppressGCTransition]<int, int, int, int> s_socket =
        (delegate* unmanaged[SuppressGCTransition]<int, int, int, int>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "socket");

    /// <summary>How often the way back is tried: setns(2) allocates, and may lack the memory for a moment.</summary>
    private const int Returns = 100;

    /// <summary>Opens a socket there.</summary>
    /// <param name="networkNamespace">There.</param>
    /// <param name="family">As socket(2) has it.</param>
    /// <param name="type">As socket(2) has it.</param>
    /// <param name="protocol">As socket(2) has it.</param>
    /// <returns>The descriptor; -1 if one of the calls was refused. A thread of its own then finds out which.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled whole, before it is called
    public static int OpenSocket(FileDescriptor networkNamespace, int family, int type, int protocol)
    {
        using FileDescriptor home = Files.Open(directory: null, ThreadNamespace.CurrentPath, OpenFlags.ReadOnly);
        if (Files.Identify(home) == Files.Identify(networkNamespace))
        {
            return LibC.socket(family, type, protocol);
        }
        int here = home.Value, there = networkNamespace.Value;
        if (s_setns(here, LibC.CLONE_NEWNET) < 0)
        {
            return -1;
        }
        int socket = s_setns(there, LibC.CLONE_NEWNET) < 0 ? -1 : s_socket(family, type, protocol);
        int left = Returns;
        while (s_setns(here, LibC.CLONE_NEWNET) < 0)
        {
            if (--left == 0)
            {
                Environment.FailFast("a thread could not come back from a container's network namespace: it must not go on there");
            }
        }
        GC.KeepAlive(networkNamespace);
        return socket;
    }
}
