using System.Runtime.InteropServices;

namespace BridgeNet.Native;

/// <summary>Words for an <see cref="Errno"/>.</summary>
public static class ErrnoExtensions
{
    /// <summary>The name and the C library's text, as <c>EPERM (Operation not permitted)</c>.</summary>
    public static string Describe(this Errno errno)
    {
        string name = Enum.GetName(errno) ?? $"errno {(int)errno}";
        return $"{name} ({Marshal.GetPInvokeErrorMessage((int)errno)})";
    }
}
