using System.ComponentModel;
using System.Diagnostics;

using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Cli.Running;

/// <summary>The name server that Podman names, as a process: its first process ends once the second one serves.</summary>
internal sealed class NameServerStarter : INameServerProcess
{
    private BackgroundServer? _begun;

    /// <inheritdoc/>
    public void Begin(NameServerCommand server)
    {
        try
        {
            _begun ??= IsThisBinary(server.Program) ? BeginOwn(server) : null;
        }
        catch (ProgramException)
        {
            // the start says so
        }
    }

    /// <inheritdoc/>
    public bool Start(NameServerCommand server, out string error)
    {
        if (!IsThisBinary(server.Program))
        {
            return StartOther(server, out error);
        }
        using StringWriter said = new();
        int status;
        try
        {
            using BackgroundServer begun = _begun ?? BeginOwn(server);
            _begun = null;
            status = begun.Finish(said);
        }
        catch (Exception fault)
        {
            status = Failure.Report(fault, said);
        }
        error = said.ToString().TrimEnd();
        return status == ExitStatus.Done;
    }

    /// <inheritdoc/>
    public void Dispose() => _begun?.Dispose();

    private static BackgroundServer BeginOwn(NameServerCommand server) =>
        NameServerChild.Begin(Path.GetFullPath(server.Directory), server.Port, ownScope: server.Scope is not null);

    private static bool StartOther(NameServerCommand server, out string error)
    {
        ProcessStartInfo start = new(server.Words[0], server.Words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["RUST_LOG"] = "WARN";
        if (Directory.Exists(server.Program))
        {
            throw new IOException($"{server.Program} cannot be started: it is a directory");
        }
        try
        {
            using Process process = Process.Start(start) ?? throw new IOException($"{server.Words[0]} was not started");
            process.StandardInput.Close();
            process.WaitForExit(); // the server keeps the pipes: their end is not waited for
            error = process.ExitCode == 0 ? "" : process.StandardError.ReadToEnd().TrimEnd();
            return process.ExitCode == 0;
        }
        catch (Win32Exception failure)
        {
            throw new IOException($"{server.Words[0]} cannot be started: {failure.Message}", failure);
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
