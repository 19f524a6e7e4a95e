using System.Globalization;

using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Demo;

/// <summary>Finds what should be gone: child processes of this one, and processes that hold a namespace open.</summary>
internal static class Leftovers
{
    /// <summary>Child processes, and holders of namespaces, in words.</summary>
    /// <param name="namespaces">As the kernel writes them: <c>net:[4026532008]</c>.</param>
    public static IReadOnlyList<string> Find(IReadOnlySet<string> namespaces)
    {
        int self = ProcessStatus.Current().Id;
        List<string> found = [];
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(
            path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
        {
            if (ParentOf(process) == self)
            {
                found.Add($"process {Path.GetFileName(process)} is left");
            }
            if (Target(process + "/ns/net") is { } place && namespaces.Contains(place))
            {
                found.Add($"namespace {place} is left: process {Path.GetFileName(process)} is in it");
            }
        }
        found.AddRange(
            from file in Directory.EnumerateFileSystemEntries("/proc/self/fd")
            where Target(file) is { } open && namespaces.Contains(open)
            select $"namespace {Target(file)} is left: it is open");
        string mounts = File.ReadAllText("/proc/self/mountinfo");
        found.AddRange(namespaces.Where(mounts.Contains).Select(place => $"namespace {place} is left: it is mounted"));
        return found;
    }

    /// <summary>The parent's number; 0 for a process that has gone meanwhile.</summary>
    private static int ParentOf(string process)
    {
        try
        {
            return ProcessStatus.Parse(File.ReadAllText(process + "/stat")).ParentId;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>The target of a symbolic link in /proc; null if it is gone or cannot be read.</summary>
    private static string? Target(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
