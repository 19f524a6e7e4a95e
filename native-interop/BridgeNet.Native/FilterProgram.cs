using System.Runtime.InteropServices;

namespace BridgeNet.Native;

/// <summary>struct sock_fprog, the argument of SO_ATTACH_FILTER.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FilterProgram
{
    /// <summary>len: how many instructions.</summary>
    public ushort Length;

    /// <summary>filter: where they are.</summary>
    public nint Instructions;
}
