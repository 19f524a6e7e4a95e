using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Bind mounts, by which a namespace is kept without a process, and their flags.</summary>
public static unsafe class Mounts
{
    /// <summary>Makes the file or directory at <paramref name="source"/> appear at <paramref name="target"/> too.</summary>
    /// <exception cref="KernelException">As mount(2) says: EPERM without CAP_SYS_ADMIN.</exception>
    public static void Bind(string source, string target)
    {
        using CString from = new(source, stackalloc byte[CString.StackBytes]);
        using CString to = new(target, stackalloc byte[CString.StackBytes]);
        Call.ThrowIfFailed(LibC.mount(from.Pointer, to.Pointer, null, LibC.MS_BIND, null), $"mount {target}");
    }

    /// <summary>
    /// Gives the calling thread a tree of mounts of its own, and the program that it executes. Mounts of the host go on appearing in it; its own
    /// appear nowhere else.
    /// </summary>
    /// <exception cref="KernelException">As unshare(2) and mount(2) say: EPERM without CAP_SYS_ADMIN, EINVAL in a chroot.</exception>
    public static void BeginPrivate()
    {
        Call.ThrowIfFailed(LibC.unshare(LibC.CLONE_NEWNS), "unshare CLONE_NEWNS");
        using CString root = new("/", stackalloc byte[CString.StackBytes]);
        Call.ThrowIfFailed(LibC.mount(null, root.Pointer, null, LibC.MS_SLAVE | LibC.MS_REC, null), "mount /, private");
    }

    /// <summary>Mounts an empty file system in memory (tmpfs(5)), which everybody may read.</summary>
    /// <exception cref="KernelException">As mount(2) says: EPERM without CAP_SYS_ADMIN.</exception>
    public static void MakeTemporary(string target)
    {
        using CString type = new("tmpfs", stackalloc byte[CString.StackBytes]);
        using CString path = new(target, stackalloc byte[CString.StackBytes]);
        using CString options = new("mode=755", stackalloc byte[CString.StackBytes]);
        ulong_t flags = LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;
        Call.ThrowIfFailed(LibC.mount(type.Pointer, path.Pointer, type.Pointer, flags, options.Pointer), $"mount {target}, tmpfs");
    }

    /// <summary>Makes a mount writable where this process sees it, and nowhere else. No file there can be run as a program.</summary>
    /// <exception cref="KernelException">As mount(2) says: EPERM without CAP_SYS_ADMIN, EINVAL if nothing is mounted there.</exception>
    public static void MakeWritable(string target)
    {
        using CString path = new(target, stackalloc byte[CString.StackBytes]);
        ulong_t flags = LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_NOSUID | LibC.MS_NODEV | LibC.MS_NOEXEC;
        Call.ThrowIfFailed(LibC.mount(null, path.Pointer, null, flags, null), $"mount {target}, writable");
    }

    /// <summary>Takes the mount away from the tree at once, whoever still uses it; false if there is none.</summary>
    /// <remarks>A symbolic link at the end of the path is not followed, so that nobody can point this at another mount.</remarks>
    /// <exception cref="KernelException">As umount2(2) says: EPERM without CAP_SYS_ADMIN.</exception>
    public static bool Detach(string target)
    {
        using CString path = new(target, stackalloc byte[CString.StackBytes]);
        if (LibC.umount2(path.Pointer, LibC.MNT_DETACH | LibC.UMOUNT_NOFOLLOW) == 0)
        {
            return true;
        }
        if (Call.LastError is not (Errno.EINVAL or Errno.ENOENT))
        {
            Call.Throw($"umount {target}");
        }
        return false;
    }
}
