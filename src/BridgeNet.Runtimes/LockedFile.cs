using BridgeNet.Native;

namespace BridgeNet.Runtimes;

/// <summary>A file whose lock (flock(2)) keeps others out. Closing it lets the next one in.</summary>
internal static class LockedFile
{
    private const OpenFlags Flags = OpenFlags.ReadWrite | OpenFlags.Create;

    /// <summary>Waits until nobody else has the lock.</summary>
    /// <param name="path">The file; made if it is missing.</param>
    /// <param name="mode">The permissions of one that is made.</param>
    /// <exception cref="KernelException">As open(2) and flock(2) say.</exception>
    public static FileDescriptor Wait(string path, int mode)
    {
        FileDescriptor file = Files.Open(directory: null, path, Flags, mode);
        try
        {
            FileLock.Acquire(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
