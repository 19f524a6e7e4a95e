using System.Text;

using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>One lock file a name. The lock is the kernel's flock, so the death of its holder releases it.</summary>
internal sealed class LockDirectory : IDisposable
{
    private const int FileMode = 0x180;

    private readonly FileDescriptor _directory;
    private readonly string _path;

    public LockDirectory(string path)
    {
        _path = path;
        _directory = Files.Open(directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory);
    }

    /// <summary>Takes the lock, waiting for it, making its file if there is none. It is held until the result is disposed.</summary>
    /// <param name="name">The lock.</param>
    /// <param name="shared">Whether others may share it meanwhile.</param>
    public HeldLock Acquire(string name, bool shared = false)
    {
        while (true)
        {
            FileDescriptor file = Files.Open(_directory, name, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.NoFollow, FileMode);
            FileLock.Acquire(file, shared);
            if (IsStill(file))
            {
                return new HeldLock(file);
            }
            file.Dispose();
        }
    }

    /// <summary>Takes the lock if nobody holds it, making its file if there is none; else null.</summary>
    public HeldLock? TryAcquire(string name)
    {
        FileDescriptor file = Files.Open(_directory, name, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.NoFollow, FileMode);
        if (FileLock.TryAcquire(file) && IsStill(file))
        {
            return new HeldLock(file);
        }
        file.Dispose();
        return null;
    }

    /// <summary>Writes a note into a lock's file, for others to read while the lock is held; to be called by its holder.</summary>
    public void WriteNote(string name, string text)
    {
        using FileDescriptor file = Files.Open(_directory, name, OpenFlags.WriteOnly | OpenFlags.Truncate | OpenFlags.NoFollow);
        Files.Write(file, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The note of a lock's holder; null if nobody holds the lock.</summary>
    public string? NoteOf(string name)
    {
        using FileDescriptor? file = Files.TryOpen(_directory, name, OpenFlags.ReadOnly | OpenFlags.NoFollow, mode: 0, out _);
        if (file is null || FileLock.TryAcquire(file, shared: true)) // closing it releases it
        {
            return null;
        }
        byte[] content = Files.ReadAll(file, out int length);
        return Encoding.UTF8.GetString(content, 0, length);
    }

    /// <summary>Removes the file; to be called by the lock's holder.</summary>
    public void Remove(string name) => Files.Unlink(_directory, name);

    /// <summary>Whether a name has a file.</summary>
    public bool Exists(string name) => Files.Exists(_directory, name);

    /// <summary>The names that have a file.</summary>
    public IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(_path).Select(path => Path.GetFileName(path)!)];

    public void Dispose() => _directory.Dispose();

    /// <summary>Whether the file that was locked still has its name, and was not removed while this waited.</summary>
    private static bool IsStill(FileDescriptor file) => Files.IsLinked(file);
}
