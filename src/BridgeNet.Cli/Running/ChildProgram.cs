using System.Diagnostics;

namespace BridgeNet.Cli.Running;

/// <summary>A program inside a network namespace, with this process's stdin, stdout and stderr.</summary>
internal static class ChildProgram
{
    /// <summary>Runs it to its end.</summary>
    /// <remarks>
    /// A process starts in the namespace of the thread that starts it, and the kernel sends the parent-death signal when that thread ends. So the
    /// thread that enters the namespace also waits for the program.
    /// </remarks>
    /// <param name="sandbox">Where.</param>
    /// <param name="path">The program's file.</param>
    /// <param name="words">Its name and arguments.</param>
    /// <param name="files">Its own /etc/hosts and /etc/resolv.conf.</param>
    /// <param name="signals">The relay of this process's signals.</param>
    /// <returns>Its exit status; 128 + N if signal N ended it.</returns>
    public static int Run(
        NetworkNamespace sandbox, string path, IReadOnlyList<string> words, PrivateFiles files, SignalRelay signals) => sandbox.Run(() =>
    {
        if (signals.Ended is { } signal)
        {
            return ExitStatus.OfSignal(signal);
        }
        using Process process = Process.Start(Trampoline.StartInfo(path, words, files))
            ?? throw new ProgramException(path, "it was not started", ExitStatus.NotExecutable);
        signals.Begin(process.Id);
        process.WaitForExit();
        signals.End();
        return process.ExitCode;
    });
}
