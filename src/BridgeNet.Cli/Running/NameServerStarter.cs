using System.ComponentModel;
using System.Diagnostics;

using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Cli.Running;

/// <summary>The name server that Podman names, as a process: its first process ends once the second one serves.</summary>
internal sealed class NameServerStarter : INameServerProcess
{
    /// <inheritdoc/>
    public bool Start(string path, IReadOnlyList<string> arguments, out string error)
    {
        ProcessStartInfo start = new(path, arguments)
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
}
