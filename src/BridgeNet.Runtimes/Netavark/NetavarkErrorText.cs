using System.Runtime.InteropServices;

using BridgeNet.Native;
using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>Errors in the words that Podman's users know from netavark: the kernel's own text, with its number.</summary>
internal static class NetavarkErrorText
{
    private const string SettingsPrefix = "open /proc/sys/";

    /// <summary>The whole text of an error.</summary>
    public static string Of(Exception error) => error switch
    {
        KernelException { Operation: var operation } kernel when operation.StartsWith(SettingsPrefix, StringComparison.Ordinal) =>
            $"set sysctl {operation[SettingsPrefix.Length..]}: {Cause(kernel)}",
        KernelException kernel => $"{kernel.Operation}: {Cause(kernel)}",
        BridgeNetException or IOException or UnauthorizedAccessException or FormatException or ArgumentException => error.Message,
        _ => $"unexpected {error.GetType().Name}: {error.Message}",
    };

    /// <summary>What the kernel refused, without what was asked of it.</summary>
    public static string Cause(KernelException error) => error is NetlinkException netlink
        ? $"Netlink error: {Numbered(error.Errno)}{(netlink.KernelMessage is { } more ? $": {more}" : "")}"
        : $"IO error: {Numbered(error.Errno)}";

    /// <summary>Why a file could not be read.</summary>
    public static string Cause(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"IO error: {Numbered(Errno.ENOENT)}",
        UnauthorizedAccessException => $"IO error: {Numbered(Errno.EACCES)}",
        _ => error.Message,
    };

    /// <summary><c>No such file or directory (os error 2)</c>.</summary>
    public static string Numbered(Errno errno) => $"{Marshal.GetPInvokeErrorMessage((int)errno)} (os error {(int)errno})";
}
