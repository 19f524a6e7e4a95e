using System.Text;

using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>Which start of the kernel this is, random(4): what was remembered in another has gone from the kernel.</summary>
internal static class BootId
{
    private const string Path = "/proc/sys/kernel/random/boot_id";
    private const int Length = 36;

    /// <summary>36 characters; empty where /proc does not tell.</summary>
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
