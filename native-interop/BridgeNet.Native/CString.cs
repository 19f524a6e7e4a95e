using System.Runtime.InteropServices.Marshalling;

namespace BridgeNet.Native;

/// <summary>A string as the kernel reads it: UTF-8, ended by a NUL.</summary>
internal unsafe ref struct CString
{
    /// <summary>Room that makes a usual path need no memory of the heap.</summary>
    public const int StackBytes = 256;

    private Utf8StringMarshaller.ManagedToUnmanagedIn _marshaller;

    public CString(string text, Span<byte> buffer)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("a path or name cannot hold a NUL character", nameof(text));
        }
        _marshaller.FromManaged(text, buffer);
    }

    public byte* Pointer => _marshaller.ToUnmanaged();

    public void Dispose() => _marshaller.Free();
}
