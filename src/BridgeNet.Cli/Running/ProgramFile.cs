namespace BridgeNet.Cli.Running;

/// <summary>The file of a program that is to be run, found as a shell finds it.</summary>
internal static class ProgramFile
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The path of a program: itself if it holds a '/', else where PATH has it.</summary>
    /// <exception cref="ProgramException">There is none (127), or it is not executable (126).</exception>
    public static string Find(string program) => Find(program, Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin");

    /// <summary>The path of a program.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="searchPath">The directories for a name, with ':' between.</param>
    /// <exception cref="ProgramException">There is none (127), or it is not executable (126).</exception>
    public static string Find(string program, string searchPath)
    {
        if (program.Length == 0)
        {
            throw new ProgramException("run", "the program's name is empty", ExitStatus.NotFound);
        }
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return IsExecutable(program) ? program
                : File.Exists(program) ? throw new ProgramException(program, "it is not executable: chmod +x makes it so", ExitStatus.NotExecutable)
                : Directory.Exists(program) ? throw new ProgramException(program, "it is a directory", ExitStatus.NotExecutable)
                : throw new ProgramException(program, "there is no such file", ExitStatus.NotFound);
        }
        string[] candidates = [.. searchPath.Split(':').Select(directory => Path.Combine(directory.Length > 0 ? directory : ".", program))];
        return Array.Find(candidates, IsExecutable)
            ?? (Array.Find(candidates, File.Exists) is { } found
                ? throw new ProgramException(found, "it is not executable: chmod +x makes it so", ExitStatus.NotExecutable)
                : throw new ProgramException(program, "there is no such program in PATH", ExitStatus.NotFound));
    }

    private static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & AnyExecute) != UnixFileMode.None;
}
