namespace BridgeNet.Native;

/// <summary>What tells one file from every other: two descriptors with equal identities are the same file, or the same namespace.</summary>
/// <param name="Device">st_dev of stat(2).</param>
/// <param name="Inode">st_ino of stat(2).</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode);
