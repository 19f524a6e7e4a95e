using System.Text;

using BridgeNet.Native;

namespace BridgeNet;

/// <summary>Kernel settings under /proc/sys/net. They are those of the network namespace of the thread that opens the file.</summary>
public static class Sysctl
{
    private const string Root = "/proc/sys/net/";

    /// <summary>The value, without the newline; null if this kernel has no such setting.</summary>
    /// <param name="key">The path below /proc/sys/net, as <c>ipv4/ip_forward</c>.</param>
    public static string? Read(string key)
    {
        using FileDescriptor? file = Files.TryOpen(directory: null, Root + key, OpenFlags.ReadOnly, mode: 0, out _);
        if (file is null)
        {
            return null;
        }
        Span<byte> value = stackalloc byte[256];
        return Encoding.ASCII.GetString(value[..Files.Read(file, value)]).TrimEnd();
    }

    /// <summary>Writes the value unless it is there already, so that a read-only /proc does no harm.</summary>
    /// <param name="key">The path below /proc/sys/net, as <c>ipv4/ip_forward</c>.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="KernelException">As open(2) and write(2) say.</exception>
    public static void Write(string key, string value)
    {
        if (string.Equals(Read(key), value, StringComparison.Ordinal))
        {
            return;
        }
        using FileDescriptor file = Files.Open(directory: null, Root + key, OpenFlags.WriteOnly);
        Files.Write(file, Encoding.ASCII.GetBytes(value));
    }
}
