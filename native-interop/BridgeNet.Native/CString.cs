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
        RefuseNul(text);
        _marshaller.FromManaged(text, buffer);
    }

    public byte* Pointer => _marshaller.ToUnmanaged();

    /// <summary>The kernel would quietly end the string there, and act on another name than the one that was checked.</summary>
    /// <exception cref="ArgumentException">The text holds a NUL.</exception>
    public static void RefuseNul(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("a path, name or argument cannot hold a NUL character", nameof(text));
        }
    }

    public void Dispose() => _marshaller.Free();
}
