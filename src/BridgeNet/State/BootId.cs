using System.Text;

using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>The id of this boot, random(4). Kernel objects of another boot are gone.</summary>
internal static class BootId
{
    private const string Path = "/proc/sys/kernel/random/boot_id";
    private const int Length = 36;

    /// <summary>36 characters; empty if /proc does not tell.</summary>
    public static string Read()
    {
        using FileDescriptor? file = Files.TryOpen(directory: null, Path, OpenFlags.ReadOnly, mode: 0, out _);
        if (file is null)
        {
            return string.Empty;
        }
        Span<byte> text = stackalloc byte[Length + 1];
        return Encoding.ASCII.GetString(text[..Files.Read(file, text)]).TrimEnd();
    }
}
