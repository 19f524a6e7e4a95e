using System.Runtime.InteropServices;

namespace BridgeNet.Native;

/// <summary>struct sock_fprog, what SO_ATTACH_FILTER takes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FilterProgram
{
    /// <summary>len: how many instructions.</summary>
    public ushort Length;

    /// <summary>filter: where they are.</summary>
    public nint Instructions;
}
