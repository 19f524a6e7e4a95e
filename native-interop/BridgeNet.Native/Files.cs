using System.Runtime.InteropServices;
using System.Text;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Files by a directory's descriptor and a name in it, so that a directory that is moved or replaced cannot mislead.</summary>
/// <remarks>A null directory is the working directory, and then a name may be a whole path.</remarks>
public static unsafe class Files
{
    /// <summary>Opens a file, or returns null with the error number.</summary>
    /// <remarks>openat(2). The mode is that of a file which this call creates, before the umask.</remarks>
    public static FileDescriptor? TryOpen(FileDescriptor? directory, string name, OpenFlags flags, int mode, out Errno errno)
    {
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        int descriptor;
        do
        {
            descriptor = LibC.openat(Descriptor(directory), path.Pointer, Flags(flags), (mode_t)(uint)mode);
        }
        while (descriptor < 0 && Call.LastError is Errno.EINTR);
        errno = descriptor < 0 ? Call.LastError : Errno.None;
        return descriptor < 0 ? null : new FileDescriptor(descriptor);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="KernelException">As openat(2) says.</exception>
    public static FileDescriptor Open(FileDescriptor? directory, string name, OpenFlags flags, int mode = 0) =>
        TryOpen(directory, name, flags, mode, out Errno errno) ?? throw new KernelException(errno, $"open {name}");

    /// <summary>Opens files on the calling thread as another network namespace has them, which matters below /proc/sys/net.</summary>
    /// <returns>One for each path; null for those that are not there or not to be had, all of them if the thread may not go there.</returns>
    public static FileDescriptor?[] TryOpenIn(FileDescriptor networkNamespace, OpenFlags flags, params ReadOnlySpan<string> paths)
    {
        byte** names = stackalloc byte*[paths.Length];
        int* descriptors = stackalloc int[paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            CString.RefuseNul(paths[i]);
            names[i] = (byte*)Marshal.StringToCoTaskMemUTF8(paths[i]);
        }
        NamespaceVisit.OpenFiles(networkNamespace, names, Flags(flags), descriptors, paths.Length);
        FileDescriptor?[] files = new FileDescriptor?[paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            Marshal.FreeCoTaskMem((nint)names[i]);
            files[i] = descriptors[i] < 0 ? null : new FileDescriptor(descriptors[i]);
        }
        return files;
    }

    /// <summary>Makes a directory; false if something of that name is there.</summary>
    /// <exception cref="KernelException">As mkdirat(2) says.</exception>
    public static bool MakeDirectory(FileDescriptor? directory, string name, int mode)
    {
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        return Succeeded(LibC.mkdirat(Descriptor(directory), path.Pointer, (mode_t)(uint)mode), Errno.EEXIST, "mkdir", name);
    }

    /// <summary>Removes a file or link; false if there is none.</summary>
    /// <exception cref="KernelException">As unlinkat(2) says.</exception>
    public static bool Unlink(FileDescriptor? directory, string name)
    {
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        return Succeeded(LibC.unlinkat(Descriptor(directory), path.Pointer, 0), Errno.ENOENT, "unlink", name);
    }

    /// <summary>Removes an empty directory; false if there is none.</summary>
    /// <exception cref="KernelException">As unlinkat(2) says: ENOTEMPTY while it holds something.</exception>
    public static bool RemoveDirectory(FileDescriptor? directory, string name)
    {
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        return Succeeded(LibC.unlinkat(Descriptor(directory), path.Pointer, LibC.AT_REMOVEDIR), Errno.ENOENT, "rmdir", name);
    }

    /// <summary>Renames a file within its directory in one step and replaces a file of that name; false if there is no such file.</summary>
    /// <exception cref="KernelException">As rename(2) says.</exception>
    public static bool Rename(FileDescriptor? directory, string from, string to)
    {
        using CString old = new(from, stackalloc byte[CString.StackBytes]);
        using CString @new = new(to, stackalloc byte[CString.StackBytes]);
        int result = LibCMissing.RenameAt(Descriptor(directory), old.Pointer, Descriptor(directory), @new.Pointer);
        return Succeeded(result, Errno.ENOENT, "rename", from);
    }

    /// <summary>Makes a symbolic link, in one step; false if something of that name is there.</summary>
    /// <exception cref="KernelException">As symlinkat(2) says.</exception>
    public static bool SymbolicLink(FileDescriptor? directory, string name, string target)
    {
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        using CString content = new(target, stackalloc byte[CString.StackBytes]);
        return Succeeded(LibC.symlinkat(content.Pointer, Descriptor(directory), path.Pointer), Errno.EEXIST, "symlink", name);
    }

    /// <summary>The target of a symbolic link, or null if there is none of that name.</summary>
    /// <exception cref="KernelException">As readlinkat(2) says: EINVAL for a file that is no link.</exception>
    public static string? ReadSymbolicLink(FileDescriptor? directory, string name)
    {
        const int PathMax = 4096;
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        byte* target = stackalloc byte[PathMax];
        long length = LibC.readlinkat(Descriptor(directory), path.Pointer, target, PathMax);
        return Succeeded(length < 0 ? -1 : 0, Errno.ENOENT, "readlink", name) ? Encoding.UTF8.GetString(target, (int)length) : null;
    }

    /// <summary>Reads up to as many bytes as fit; 0 at the end.</summary>
    /// <exception cref="KernelException">As read(2) says.</exception>
    public static int Read(FileDescriptor file, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                long length = LibC.read(file.Value, bytes, (size_t)(ulong)buffer.Length);
                if (length >= 0)
                {
                    return (int)length;
                }
                if (Call.LastError is not Errno.EINTR)
                {
                    Call.Throw("read");
                }
            }
        }
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">How many bytes were read.</param>
    /// <returns>The bytes, and room behind them.</returns>
    /// <exception cref="KernelException">As read(2) says.</exception>
    public static byte[] ReadAll(FileDescriptor file, out int length)
    {
        const int FirstBytes = 1024;
        byte[] content = new byte[FirstBytes];
        length = 0;
        int read;
        while ((read = Read(file, content.AsSpan(length))) > 0)
        {
            length += read;
            if (length == content.Length)
            {
                Array.Resize(ref content, content.Length * 2);
            }
        }
        return content;
    }

    /// <summary>Writes all the bytes.</summary>
    /// <exception cref="KernelException">As write(2) says: ENOSPC on a full disk.</exception>
    public static void Write(FileDescriptor file, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            fixed (byte* bytes = content)
            {
                long length = LibC.write(file.Value, bytes, (size_t)(ulong)content.Length);
                if (length >= 0)
                {
                    content = content[(int)length..];
                }
                else if (Call.LastError is not Errno.EINTR)
                {
                    Call.Throw("write");
                }
            }
        }
    }

    /// <summary>Waits until the file's content is on its disk.</summary>
    /// <exception cref="KernelException">As fsync(2) says.</exception>
    public static void Synchronize(FileDescriptor file) => Call.ThrowIfFailed(LibC.fsync(file.Value), "fsync");

    /// <summary>What tells this file from every other.</summary>
    /// <exception cref="KernelException">As fstat(2) says.</exception>
    public static FileIdentity Identify(FileDescriptor file)
    {
        stat status;
        Call.ThrowIfFailed(LibC.fstat(file.Value, &status), "fstat");
        return new FileIdentity((ulong)status.st_dev, (ulong)status.st_ino);
    }

    /// <summary>What tells the file at a path from every other; links are followed.</summary>
    /// <exception cref="KernelException">As stat(2) says.</exception>
    public static FileIdentity Identify(string path)
    {
        using CString name = new(path, stackalloc byte[CString.StackBytes]);
        stat status;
        Call.ThrowIfFailed(LibC.stat(name.Pointer, &status), "stat");
        return new FileIdentity((ulong)status.st_dev, (ulong)status.st_ino);
    }

    /// <summary>What tells the file of a name from those that had the name before; null if there is none. Links are not followed.</summary>
    /// <exception cref="KernelException">As fstatat(2) says.</exception>
    public static FileVersion? VersionOf(FileDescriptor directory, string name)
    {
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        stat status;
        return Succeeded(LibC.fstatat(directory.Value, path.Pointer, &status, LibC.AT_SYMLINK_NOFOLLOW), Errno.ENOENT, "stat", name)
            ? new FileVersion(
                new FileIdentity((ulong)status.st_dev, (ulong)status.st_ino), (long)status.st_ctim.tv_sec, (long)status.st_ctim.tv_nsec)
            : null;
    }

    /// <summary>Whether an open file still has a name anywhere.</summary>
    /// <exception cref="KernelException">As fstat(2) says.</exception>
    public static bool IsLinked(FileDescriptor file)
    {
        stat status;
        Call.ThrowIfFailed(LibC.fstat(file.Value, &status), "fstat");
        return (ulong)status.st_nlink > 0;
    }

    /// <summary>Whether there is something of a name, of whatever kind.</summary>
    /// <exception cref="KernelException">As readlinkat(2) says.</exception>
    public static bool Exists(FileDescriptor? directory, string name)
    {
        using CString path = new(name, stackalloc byte[CString.StackBytes]);
        byte target;
        return LibC.readlinkat(Descriptor(directory), path.Pointer, &target, 1) >= 0
            || Succeeded(Call.LastError is Errno.EINVAL ? 0 : -1, Errno.ENOENT, "readlink", name);
    }

    private static int Descriptor(FileDescriptor? directory) => directory?.Value ?? LibC.AT_FDCWD;

    private static bool Succeeded(int result, Errno tolerated, string verb, string name)
    {
        if (result < 0 && Call.LastError != tolerated)
        {
            Call.Throw($"{verb} {name}");
        }
        return result >= 0;
    }

    private static int Flags(OpenFlags flags)
    {
        int result = LibC.O_CLOEXEC | ((int)flags & 3);
        result |= (flags & OpenFlags.Create) is not OpenFlags.ReadOnly ? LibC.O_CREAT : 0;
        result |= (flags & OpenFlags.Exclusive) is not OpenFlags.ReadOnly ? LibC.O_EXCL : 0;
        result |= (flags & OpenFlags.Truncate) is not OpenFlags.ReadOnly ? LibC.O_TRUNC : 0;
        result |= (flags & OpenFlags.Directory) is not OpenFlags.ReadOnly ? LibC.O_DIRECTORY : 0;
        result |= (flags & OpenFlags.NonBlocking) is not OpenFlags.ReadOnly ? LibC.O_NONBLOCK : 0;
        return result | ((flags & OpenFlags.NoFollow) is not OpenFlags.ReadOnly ? LibC.O_NOFOLLOW : 0);
    }
}
