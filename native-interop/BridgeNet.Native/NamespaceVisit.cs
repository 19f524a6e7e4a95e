using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Opens a socket or files in another network namespace on the calling thread, which is back before this returns.</summary>
/// <remarks>
/// Between leaving and coming back there are calls of the C library alone, by bare pointers, without a transition of the runtime: nothing can be
/// compiled, collected or started there, so no thread is born abroad. That the way back is open is tried before: who may not come back does not leave.
/// </remarks>
internal static unsafe class NamespaceVisit
{
    private static readonly delegate* unmanaged[SuppressGCTransition]<int, int, int> s_setns =
        (delegate* unmanaged[SuppressGCTransition]<int, int, int>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "setns");

    private static readonly delegate* unmanaged[SuppressGCTransition]<int, int, int, int> s_socket =
        (delegate* unmanaged[SuppressGCTransition]<int, int, int, int>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "socket");

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, int, int> s_open =
        (delegate* unmanaged[SuppressGCTransition]<byte*, int, int>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "open");

    /// <summary>How often the way back is tried: setns(2) allocates, and may lack the memory for a moment.</summary>
    private const int Returns = 100;

    /// <summary>Opens a socket there.</summary>
    /// <param name="networkNamespace">There.</param>
    /// <param name="family">As socket(2) has it.</param>
    /// <param name="type">As socket(2) has it.</param>
    /// <param name="protocol">As socket(2) has it.</param>
    /// <returns>The descriptor; -1 if one of the calls was refused. A thread of its own then finds out which.</returns>
    public static int OpenSocket(FileDescriptor networkNamespace, int family, int type, int protocol)
    {
        int socket = -1;
        Visit(networkNamespace, &socket, count: 1, paths: null, type, family, protocol);
        return socket;
    }

    /// <summary>Opens files there: those below /proc/sys/net are the settings of the namespace in which they are opened.</summary>
    /// <param name="networkNamespace">There.</param>
    /// <param name="paths">As open(2) has them.</param>
    /// <param name="flags">As open(2) has them, without O_CREAT.</param>
    /// <param name="descriptors">The descriptors; -1 for what was refused, all of it if the way was.</param>
    /// <param name="count">How many.</param>
    public static void OpenFiles(FileDescriptor networkNamespace, byte** paths, int flags, int* descriptors, int count)
    {
        new Span<int>(descriptors, count).Fill(-1);
        Visit(networkNamespace, descriptors, count, paths, flags, family: 0, protocol: 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled whole, before it is called
    private static void Visit(FileDescriptor networkNamespace, int* opened, int count, byte** paths, int flags, int family, int protocol)
    {
        using FileDescriptor home = Files.Open(directory: null, ThreadNamespace.CurrentPath, OpenFlags.ReadOnly);
        int here = home.Value, there = networkNamespace.Value;
        if (s_setns(here, LibC.CLONE_NEWNET) < 0)
        {
            return;
        }
        if (s_setns(there, LibC.CLONE_NEWNET) >= 0)
        {
            for (int i = 0; i < count; i++)
            {
                opened[i] = paths is null ? s_socket(family, flags, protocol) : s_open(paths[i], flags);
            }
        }
        int left = Returns;
        while (s_setns(here, LibC.CLONE_NEWNET) < 0)
        {
            if (--left == 0)
            {
                Environment.FailFast("a thread could not come back from a container's network namespace: it must not go on there");
            }
        }
        GC.KeepAlive(networkNamespace);
    }
}
