using System.Globalization;
using System.Text.Json;

using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Kernel;

/// <summary>floor.c: the fewest netlink messages that do the work, written in C, and the scripts beside it.</summary>
internal sealed class Yardstick : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly Scratch _scratch = new();
    private readonly string _floor;

    private Yardstick(string directory)
    {
        Directory = directory;
        _floor = _scratch.At("floor");
        _ = Programs.Run("gcc", ["-O2", "-o", _floor, Path.Combine(directory, "floor.c")]).OrThrow();
    }

    /// <summary>Where its sources are.</summary>
    public string Directory { get; }

    /// <summary>The yardstick of a directory; null, with a message, if it is not there.</summary>
    public static Yardstick? TryOpen(string directory, TextWriter output)
    {
        if (File.Exists(Path.Combine(directory, "floor.c")))
        {
            return new Yardstick(directory);
        }
        output.WriteLine($"skipped: there is no floor.c in {Path.GetFullPath(directory)}, so there is nothing to measure against (--yardstick DIR)");
        return null;
    }

    /// <summary>Runs floor in a mode.</summary>
    /// <returns>What it measured, an object a line.</returns>
    public JsonElement[] Floor(params string[] arguments) =>
        [.. Programs.Run(_floor, arguments, limit: s_longest).OrThrow().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => JsonDocument.Parse(line).RootElement)];

    /// <summary>A program of the yardstick beside floor, compiled.</summary>
    public string Compile(string name)
    {
        string program = _scratch.At(name);
        _ = Programs.Run("gcc", ["-O2", "-o", program, Path.Combine(Directory, $"{name}.c")]).OrThrow();
        return program;
    }

    /// <summary>Runs one of its scripts.</summary>
    /// <returns>What it measured, as JSON.</returns>
    public JsonElement Script(string name, params IEnumerable<string> arguments)
    {
        string json = _scratch.At("result.json");
        CommandResult result = Programs.Run("python3", [Path.Combine(Directory, name), .. arguments, "--json", json], limit: s_longest);
        return result.ExitCode == 0
            ? JsonDocument.Parse(File.ReadAllText(json)).RootElement
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{name} ended with {result.ExitCode}: {result.Errors} {result.Output}"));
    }

    public void Dispose() => _scratch.Dispose();
}
