using System.Globalization;

using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>A network namespace's device and inode as text. It identifies the namespace whatever its path.</summary>
internal static class SandboxIdentity
{
    /// <summary>As 4:4026532000.</summary>
    public static string Format(FileIdentity identity) => $"{identity.Device}:{identity.Inode}";

    /// <summary>Reads 4:4026532000.</summary>
    /// <exception cref="FormatException">The text is no identity.</exception>
    public static FileIdentity Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && ulong.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out ulong device)
            && ulong.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
                ? new FileIdentity(device, inode)
                : throw new FormatException($"'{text}' is not a namespace's device and inode");
    }
}
