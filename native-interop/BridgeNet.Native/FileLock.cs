namespace BridgeNet.Native;

/// <summary>flock(2): a lock on an open file, gone when its descriptor is closed, also by the death of its process.</summary>
public static class FileLock
{
    /// <summary>Takes the lock, waiting for it.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="shared">Whether others may share it; else it is this descriptor's alone.</param>
    /// <exception cref="KernelException">As flock(2) says.</exception>
    public static void Acquire(FileDescriptor file, bool shared = false)
    {
        while (LibCMissing.Flock(file.Value, Operation(shared)) < 0)
        {
            if (Call.LastError is not Errno.EINTR)
            {
                Call.Throw("flock");
            }
        }
    }

    /// <summary>Takes the lock if nobody holds it.</summary>
    /// <exception cref="KernelException">As flock(2) says.</exception>
    public static bool TryAcquire(FileDescriptor file, bool shared = false)
    {
        bool acquired = LibCMissing.Flock(file.Value, Operation(shared) | LinuxConstants.LockNonBlocking) == 0;
        if (!acquired && Call.LastError is not Errno.EAGAIN)
        {
            Call.Throw("flock");
        }
        return acquired;
    }

    /// <summary>Lets the lock go, for every descriptor that shares this open file.</summary>
    /// <returns>False if the kernel refused; then it goes when the last of these descriptors is closed.</returns>
    public static bool TryRelease(FileDescriptor file) => LibCMissing.Flock(file.Value, LinuxConstants.LockRelease) == 0;

    private static int Operation(bool shared) => shared ? LinuxConstants.LockShared : LinuxConstants.LockExclusive;
}
