using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// Docker mounts /proc/sys so that a managed plugin can only read it, and has no option for that. A plugin's container has mounts of its own: what
/// changes in there, the host does not see.
/// </summary>
internal static class ContainerSettings
{
    private const string Settings = "/proc/sys";
    private const int FirstProcess = 1;

    /// <summary>
    /// Makes the kernel's settings writable in a container whose first process this is. Without CAP_SYS_ADMIN they stay as they are.
    /// </summary>
    public static void MakeWritable()
    {
        if (Environment.ProcessId != FirstProcess || !IsReadOnly(File.ReadLines("/proc/self/mounts")))
        {
            return;
        }
        try
        {
            Mounts.MakeWritable(Settings);
        }
        catch (KernelException)
        {
            // a setting that must be changed is named when it comes to that
        }
    }

    /// <summary>Whether the settings are a mount of their own that can only be read.</summary>
    /// <param name="mounts">The lines of /proc/self/mounts.</param>
    internal static bool IsReadOnly(IEnumerable<string> mounts) =>
        mounts.Select(line => line.Split(' ')).LastOrDefault(mount => mount is [_, Settings, ..]) is [_, _, _, var options, ..]
        && options.Split(',').Contains("ro", StringComparer.Ordinal);
}
