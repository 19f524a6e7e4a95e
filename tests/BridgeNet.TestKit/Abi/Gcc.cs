using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace BridgeNet.TestKit.Abi;

/// <summary>The C compiler, asked for its opinion alone: it writes no file.</summary>
internal static partial class Gcc
{
    /// <summary>The errors of a C source, none if it is right.</summary>
    /// <exception cref="InvalidOperationException">gcc is not there, or failed in a way of its own.</exception>
    public static IReadOnlyList<GccError> Check(string source)
    {
        using Process gcc = Start();
        Task<string> reading = gcc.StandardError.ReadToEndAsync();
        gcc.StandardInput.Write(source);
        gcc.StandardInput.Close();
        gcc.WaitForExit();
        string output = reading.GetAwaiter().GetResult();

        GccError[] errors = [.. ErrorLine().Matches(output).Select(Read)];
        return (gcc.ExitCode == 0) == (errors.Length == 0)
            ? errors
            : throw new InvalidOperationException($"gcc ended with {gcc.ExitCode}: {output}");
    }

    private static GccError Read(Match match)
    {
        string file = match.Groups["file"].Value;
        int line = int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture);
        string message = match.Groups["message"].Value.Trim();
        return string.Equals(file, "<stdin>", StringComparison.Ordinal)
            ? new GccError(line, message)
            : new GccError(GccError.Elsewhere, $"{file}:{line}: {message}");
    }

    private static Process Start()
    {
        ProcessStartInfo start = new("gcc", ["-std=gnu11", "-D_GNU_SOURCE", "-fsyntax-only", "-fmax-errors=0", "-x", "c", "-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C" },
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException("the proof needs gcc and the headers of libc6-dev: run ./dev setup", error);
        }
    }

    [GeneratedRegex(
        @"^(?<file>[^:\n]+):(?<line>\d+):\d+: (fatal )?error: (?<message>[^\n]*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorLine();
}
