using System.Collections.Concurrent;
using System.Diagnostics;

namespace BridgeNet.TestKit;

/// <summary>Other people's programs: where they are, and running one to its end.</summary>
public static class Programs
{
    private static readonly ConcurrentDictionary<string, string> s_paths = new(StringComparer.Ordinal);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <summary>The file of a program.</summary>
    /// <exception cref="InvalidOperationException">It is not installed. That is a failure, never a skip: `./dev setup` installs it.</exception>
    public static string Require(string program) => s_paths.GetOrAdd(program, Find);

    /// <summary>Runs a program to its end, with its input closed unless some is given; it has a minute unless something else is said.</summary>
    public static CommandResult Run(string program, IEnumerable<string> arguments, string? input = null, TimeSpan? limit = null)
    {
        using Process process = Process.Start(StartInfo(program, arguments))!;
        string errors = "";
        Thread reader = new(() => errors = process.StandardError.ReadToEnd(), maxStackSize: 256 * 1024); // the pool may be busy with tests
        reader.Start();
        using Timer end = new(_ => process.Kill(entireProcessTree: true), state: null, limit ?? s_longest, Timeout.InfiniteTimeSpan);
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException) // it ended without reading: its exit status says why
        {
        }
        string output = process.StandardOutput.ReadToEnd();
        reader.Join();
        process.WaitForExit();
        return new CommandResult($"{program} {string.Join(' ', process.StartInfo.ArgumentList)}", process.ExitCode, output, errors);
    }

    /// <summary>How to start a program with its three streams in our hands and its messages in English.</summary>
    internal static ProcessStartInfo StartInfo(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Require(program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static string Find(string program)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin", "/usr/bin", "/bin"];
        return folders.Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is not installed: run ./dev setup");
    }
}
