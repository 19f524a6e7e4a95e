using System.Globalization;

namespace BridgeNet.Cli.Running;

/// <summary>What /proc/PID/stat says of a process; ids are those of the PID namespace of that /proc.</summary>
/// <param name="Id">The process's number.</param>
/// <param name="ParentId">Its parent's; 0 or 1 when that is gone.</param>
/// <param name="Group">Its process group.</param>
/// <param name="ForegroundGroup">The group to which its terminal sends ^C; −1 without a terminal.</param>
internal readonly record struct ProcessStatus(int Id, int ParentId, int Group, int ForegroundGroup)
{
    /// <summary>Whether the terminal's ^C reaches it.</summary>
    public bool IsForeground => Group == ForegroundGroup;

    /// <summary>This process's.</summary>
    public static ProcessStatus Current() => Parse(File.ReadAllText("/proc/self/stat"));

    /// <summary>From the line in the file.</summary>
    /// <remarks>
    /// proc_pid_stat(5): <c>pid (comm) state ppid pgrp session tty_nr tpgid …</c>; comm may hold anything, ')' and blanks included.
    /// </remarks>
    /// <exception cref="FormatException">Not such a line.</exception>
    public static ProcessStatus Parse(string line)
    {
        int open = line.IndexOf(" (", StringComparison.Ordinal), close = line.LastIndexOf(") ", StringComparison.Ordinal);
        string[] fields = close < 0 ? [] : line[(close + 2)..].Split(' ');
        return open > 0 && fields.Length > 5
            ? new ProcessStatus(Number(line[..open]), Number(fields[1]), Number(fields[2]), Number(fields[5]))
            : throw new FormatException($"'{line}' is not a line of /proc/PID/stat");
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
