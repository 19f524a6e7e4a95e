using System.ComponentModel;
using System.Diagnostics;

using BridgeNet.Native;

using Microsoft.Win32.SafeHandles;

namespace BridgeNet.Cli.Running;

/// <summary>
/// A process of this binary that goes on after the one that started it has ended. .NET cannot fork: the binary is started again, in a session of its
/// own. It says by its standard output that it is ready, and by its standard error why not; its starter then knows how to end.
/// </summary>
internal sealed class BackgroundServer : IDisposable
{
    /// <summary>
    /// Hexadecimal bytes, 1 MiB, after which the collector looks for garbage. By itself it waits for as much as the processor's cache holds, and
    /// the process grows by 20 MB.
    /// </summary>
    public const string YoungestGeneration = "100000";

    private const string Serve = "serve", Ready = "ready";

    private const string SystemdPlace = "/run/systemd/system";

    private readonly Process _process;

    private BackgroundServer(Process process) => _process = process;

    /// <summary>Starts it. It serves when <see cref="Finish"/> tells it to.</summary>
    /// <param name="words">Its hidden verb and arguments.</param>
    /// <param name="ownScope">
    /// Whether systemd, where there is one, is asked for a control group of its own: else it ends with the service of whoever happened to start it.
    /// </param>
    /// <exception cref="ProgramException">It cannot be started.</exception>
    public static BackgroundServer Begin(IReadOnlyList<string> words, bool ownScope)
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
            return new BackgroundServer(Launch(start) ?? throw new ProgramException(path, "it was not started", ExitStatus.NotExecutable));
        }
        catch (Win32Exception fault)
        {
            throw new ProgramException(path, $"it cannot be started: {fault.Message}", ExitStatus.NotExecutable);
        }
    }

    /// <summary>Has it serve, and waits until it answers.</summary>
    /// <param name="error">Where errors are printed.</param>
    /// <returns>The exit status.</returns>
    public int Finish(TextWriter error)
    {
        Tell();
        if (string.Equals(_process.StandardOutput.ReadLine(), Ready, StringComparison.Ordinal))
        {
            return ExitStatus.Done;
        }
        error.Write(_process.StandardError.ReadToEnd());
        _process.WaitForExit();
        return ExitStatus.Failed;
    }

    /// <summary>One that was not told to serve ends.</summary>
    public void Dispose() => _process.Dispose();

    private void Tell()
    {
        try
        {
            _process.StandardInput.WriteLine(Serve);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // it has ended, and says why
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
            if (IsTold())
            {
                serve(() => output.WriteLine(Ready));
            }
            return ExitStatus.Done;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, error);
        }
    }

    /// <summary>Waits for the starter's word; its end without one is the end of this process, too.</summary>
    private static bool IsTold()
    {
        using SafeFileHandle input = new(0, ownsHandle: false);
        using FileStream stream = new(input, FileAccess.Read, bufferSize: 0);
        return stream.ReadByte() == Serve[0];
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
