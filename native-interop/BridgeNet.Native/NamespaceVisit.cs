using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Opens a socket or files in another network namespace on the calling thread, which is back before this returns.</summary>
/// <remarks>
/// Between leaving and coming back the thread only calls functions of the C library that were resolved before, without a transition of the
/// runtime. So nothing is compiled, collected or started in the other namespace. The thread first checks that it may come back.
/// </remarks>
internal static unsafe partial class NamespaceVisit
{
    /// <summary>The most attempts to come back: setns(2) allocates memory, which may be short for a moment.</summary>
    private const int Returns = 100;

    private const string Generated = "What the generator writes for LibraryImport is DllImport.";

    /// <summary>
    /// Calls each function once without effect: a just-in-time runtime resolves a function at its first call, which must not happen in the other
    /// namespace. Ahead of time they are linked.
    /// </summary>
    static NamespaceVisit()
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            _ = SetNamespace(-1, LibC.CLONE_NEWNET);
            _ = Socket(-1, -1, -1);
            _ = Open(null, LibC.O_RDONLY);
        }
    }

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
        if (SetNamespace(here, LibC.CLONE_NEWNET) < 0)
        {
            return;
        }
        if (SetNamespace(there, LibC.CLONE_NEWNET) >= 0)
        {
            for (int i = 0; i < count; i++)
            {
                opened[i] = paths is null ? Socket(family, flags, protocol) : Open(paths[i], flags);
            }
        }
        int left = Returns;
        while (SetNamespace(here, LibC.CLONE_NEWNET) < 0)
        {
            if (--left == 0)
            {
                Environment.FailFast("a thread could not come back from a container's network namespace: it must not go on there");
            }
        }
        GC.KeepAlive(networkNamespace);
    }

    [LibraryImport(LibCMissing.Library, EntryPoint = "setns"), SuppressGCTransition]
    [SuppressMessage("ApiDesign", "RS0030", Justification = Generated)]
    private static partial int SetNamespace(int descriptor, int kind);

    [LibraryImport(LibCMissing.Library, EntryPoint = "socket"), SuppressGCTransition]
    [SuppressMessage("ApiDesign", "RS0030", Justification = Generated)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport(LibCMissing.Library, EntryPoint = "open"), SuppressGCTransition]
    [SuppressMessage("ApiDesign", "RS0030", Justification = Generated)]
    private static partial int Open(byte* path, int flags);
}
