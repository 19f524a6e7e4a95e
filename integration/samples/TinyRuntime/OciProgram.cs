using System.Diagnostics;

namespace TinyRuntime;

/// <summary>runc or crun, which makes containers; the network it leaves to us.</summary>
internal sealed class OciProgram(string name, IReadOnlyList<string> flags, string root)
{
    /// <summary>Runs it with this process's input and output.</summary>
    public int Run(params IReadOnlyList<string> words)
    {
        using Process process = Process.Start(StartInfo(words)) ?? throw new ContainerException($"{name} was not started");
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs it with its output in a file, which a container that stays holds open.</summary>
    public int RunDetached(string log, params IReadOnlyList<string> words)
    {
        const string Script = """log=$1; shift; exec "$@" > "$log" 2>&1 < /dev/null""";
        ProcessStartInfo shell = new("/bin/sh", ["-c", Script, "sh", log, name, .. StartInfo(words).ArgumentList]) { UseShellExecute = false };
        using Process process = Process.Start(shell) ?? throw new ContainerException($"{name} was not started");
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>What it says of a container.</summary>
    public string? State(string container)
    {
        ProcessStartInfo start = StartInfo(["state", container]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start) ?? throw new ContainerException($"{name} was not started");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors.Result;
        return process.ExitCode == 0 ? output : null;
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> words) =>
        new(name, ["--root", Path.Combine(root, name), .. flags, .. words]) { UseShellExecute = false };
}
