using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Network namespaces of the calling thread. Call these only on a thread that ends afterwards: nothing brings a pool thread back.</summary>
public static unsafe class ThreadNamespace
{
    /// <summary>The network namespace of the calling thread.</summary>
    public const string CurrentPath = "/proc/thread-self/ns/net";

    /// <summary>Moves the calling thread into a network namespace.</summary>
    /// <exception cref="KernelException">As setns(2) says: EPERM without CAP_SYS_ADMIN, EINVAL if it is no network namespace.</exception>
    public static void Enter(FileDescriptor networkNamespace) =>
        Call.ThrowIfFailed(LibC.setns(networkNamespace.Value, LibC.CLONE_NEWNET), "setns");

    /// <summary>Moves the calling thread into a new network namespace.</summary>
    /// <exception cref="KernelException">As unshare(2) says: EPERM without CAP_SYS_ADMIN, ENOSPC past user.max_net_namespaces.</exception>
    public static void UnshareNetwork() => Call.ThrowIfFailed(LibC.unshare(LibC.CLONE_NEWNET), "unshare CLONE_NEWNET");

    /// <summary>Whether a descriptor is that of a network namespace.</summary>
    public static bool IsNetworkNamespace(FileDescriptor file) =>
        LibC.ioctl(file.Value, LinuxConstants.NamespaceGetType) == LibC.CLONE_NEWNET;
}
