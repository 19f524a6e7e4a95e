using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>A lock that is held until this is disposed.</summary>
/// <remarks>
/// It is released in so many words, not by closing alone: a process that is just being started by this one has the descriptor too, until
/// its exec, and would hold the lock for that moment longer.
/// </remarks>
internal sealed class HeldLock(FileDescriptor file) : IDisposable
{
    public void Dispose()
    {
        if (!file.IsClosed)
        {
            _ = FileLock.TryRelease(file); // what was done under it is done, and closing releases it too, a moment later
            file.Dispose();
        }
    }
}
