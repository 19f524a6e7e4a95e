using System.Runtime.InteropServices;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>An open file descriptor, closed when it is disposed.</summary>
public sealed class FileDescriptor : SafeHandle
{
    /// <summary>Takes over an open descriptor.</summary>
    public FileDescriptor(int value)
        : base(-1, ownsHandle: true) => SetHandle(value);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == -1;

    /// <summary>The number; valid until the descriptor is disposed.</summary>
    public int Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (int)handle;
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibC.close((int)handle) == 0;
}
