using System.Runtime.InteropServices;

namespace BridgeNet.Native;

/// <summary>struct sock_filter, one instruction of a socket's filter.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FilterInstruction
{
    /// <summary>code: the operation, one of BPF_….</summary>
    public ushort Code;

    /// <summary>jt: how far to jump if true.</summary>
    public byte JumpIfTrue;

    /// <summary>jf: how far to jump if false.</summary>
    public byte JumpIfFalse;

    /// <summary>k: the constant.</summary>
    public uint Constant;
}
