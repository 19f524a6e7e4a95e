using System.ComponentModel;
using System.Diagnostics;

using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// A process of this binary that goes on after the one that started it has ended. .NET cannot fork: the binary is started again, in a session of its
/// own. It says by its standard output that it is ready, and by its standard error why not; its starter then knows how to end.
/// </summary>
internal static class BackgroundServer
{
    /// <summary>
    /// Hexadecimal bytes, 1 MiB, after which the collector looks for garbage. By itself it waits for as much as the processor's cache holds, and
    /// the process grows by 20 MB.
    /// </summary>
    public const string YoungestGeneration = "100000";

    private const string Ready = "ready";

    private const string SystemdPlace = "/run/systemd/system";

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="words">Its hidden verb and arguments.</param>
    /// <param name="ownScope">
    /// Whether systemd, where there is one, is asked for a control group of its own: else it ends with the service of whoever happened to start it.
    /// </param>
    /// <param name="error">Where errors are printed.</param>
    /// <returns>The exit status.</returns>
    /// <exception cref="ProgramException">It cannot be started.</exception>
    public static int Start(IReadOnlyList<string> words, bool ownScope, TextWriter error)
    {
        string self = Environment.ProcessPath ?? throw new ProgramException(Product.Name, "its own file cannot be found", ExitStatus.Failed);
        (string path, string[] arguments) = ownScope && Directory.Exists(SystemdPlace)
            ? (ProgramFile.Find("systemd-run"), ["-q", "--scope", self, .. words])
            : (self, words.ToArray());
        ProcessStartInfo start = new(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCgen0size"] = YoungestGeneration;
        try
        {
            using Process child = Launch(start) ?? throw new ProgramException(path, "it was not started", ExitStatus.NotExecutable);
            if (string.Equals(child.StandardOutput.ReadLine(), Ready, StringComparison.Ordinal))
            {
                return ExitStatus.Done;
            }
            error.Write(child.StandardError.ReadToEnd());
            child.WaitForExit();
            return ExitStatus.Failed;
        }
        catch (Win32Exception fault)
        {
            throw new ProgramException(path, $"it cannot be started: {fault.Message}", ExitStatus.NotExecutable);
        }
    }

    /// <summary>Is that process.</summary>
    /// <param name="serve">Serves, and calls its argument when it is ready.</param>
    /// <param name="output">Where it says that it is ready.</param>
    /// <param name="error">Where it says why not.</param>
    /// <returns>The exit status.</returns>
    public static int Run(Action<Action> serve, TextWriter output, TextWriter error)
    {
        try
        {
            BeginSession();
            Directory.SetCurrentDirectory("/"); // no directory of the starter's is kept busy
            serve(() => output.WriteLine(Ready));
            return ExitStatus.Done;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, error);
        }
    }

    /// <summary>Without the files that the starter's starter had open: somebody may wait for their end.</summary>
    private static Process? Launch(ProcessStartInfo start)
    {
        using OwnFiles kept = OwnFiles.Keep();
        return Process.Start(start);
    }

    private static void BeginSession()
    {
        try
        {
            Processes.BeginSession();
        }
        catch (KernelException error) when (error.Errno is Errno.EPERM)
        {
            // it leads a process group already, as a scope of systemd's may have it
        }
    }
}
