using System.Runtime.InteropServices;

namespace BridgeNet.Native;

/// <summary>What tells a file from another that replaced it, though the inode's number be used again.</summary>
/// <param name="Identity">The file.</param>
/// <param name="ChangedSeconds">When it was last changed, in seconds since 1970 (st_ctim).</param>
/// <param name="ChangedNanoseconds">The nanoseconds beside them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FileVersion(FileIdentity Identity, long ChangedSeconds, long ChangedNanoseconds);
