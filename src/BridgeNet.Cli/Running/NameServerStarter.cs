using System.ComponentModel;
using System.Diagnostics;

using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Cli.Running;

/// <summary>The name server that Podman names, as a process: its first process ends once the second one serves.</summary>
internal sealed class NameServerStarter : INameServerProcess
{
    /// <inheritdoc/>
    public bool Start(string path, IReadOnlyList<string> arguments, string? scope, out string error)
    {
        if (IsThisBinary(path))
        {
            using StringWriter said = new();
            int status = AardvarkCall.Run(arguments, TextWriter.Null, said, ownScope: scope is not null);
            error = said.ToString().TrimEnd();
            return status == ExitStatus.Done;
        }
        ProcessStartInfo start = new(scope ?? path, scope is null ? arguments : ["-q", "--scope", path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["RUST_LOG"] = "WARN";
        if (Directory.Exists(path))
        {
            throw new IOException($"{path} cannot be started: it is a directory");
        }
        try
        {
            using Process process = Process.Start(start) ?? throw new IOException($"{path} was not started");
            process.StandardInput.Close();
            process.WaitForExit(); // the server keeps the pipes: their end is not waited for
            error = process.ExitCode == 0 ? "" : process.StandardError.ReadToEnd().TrimEnd();
            return process.ExitCode == 0;
        }
        catch (Win32Exception failure)
        {
            throw new IOException($"{path} cannot be started: {failure.Message}", failure);
        }
    }

    /// <summary>Whether a file is this binary by the name of the server. No process is needed to start its server, then.</summary>
    private static bool IsThisBinary(string path)
    {
        try
        {
            return Path.GetFileName(path) is AardvarkCall.Name
                && Environment.ProcessPath is { } self
                && string.Equals(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path, self, StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
