using System.Diagnostics;
using System.Globalization;

using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// A second process of this binary between <c>run</c> and the program. It asks the kernel for a signal at <c>run</c>'s death, mounts the program's
/// own files, then executes the program. .NET starts processes without a hook between fork and exec.
/// </summary>
/// <remarks>
/// The signal is SIGTERM: a server ends its workers at that, whereas SIGKILL would leave them behind without a parent. The kernel forgets
/// the wish when the program is set-user-ID or has file capabilities.
/// </remarks>
internal static class Trampoline
{
    /// <summary>The hidden verb.</summary>
    public const string Verb = "__exec";

    private const int Terminate = 15;

    /// <summary>How to start a program by way of the trampoline.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="words">Its name and arguments.</param>
    /// <param name="files">Its own /etc/hosts and /etc/resolv.conf.</param>
    public static ProcessStartInfo StartInfo(string path, IReadOnlyList<string> words, PrivateFiles files)
    {
        string self = Environment.ProcessPath ?? throw new ProgramException(Product.Name, "its own file cannot be found", ExitStatus.Failed);
        ProcessStartInfo start = new(self) { UseShellExecute = false };
        if (string.Equals(Path.GetFileNameWithoutExtension(self), "dotnet", StringComparison.Ordinal))
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, typeof(Trampoline).Assembly.GetName().Name + ".dll"));
        }
        start.ArgumentList.Add(Verb);
        start.ArgumentList.Add(ProcessStatus.Current().Id.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(path);
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }
        files.AddTo(start.Environment);
        return start;
    }

    /// <summary>Becomes the program.</summary>
    /// <param name="arguments">The parent's number, the program's file, its name and arguments.</param>
    /// <param name="error">Where errors are printed.</param>
    /// <returns>The exit status, only if the program cannot be executed.</returns>
    public static int Execute(IReadOnlyList<string> arguments, TextWriter error)
    {
        if (arguments is not [string parent, string path, _, ..])
        {
            Failure.Print($"{Verb} is for run alone", error);
            return ExitStatus.Usage;
        }
        try
        {
            Processes.SignalOnParentDeath(Terminate);
            int caller = ProcessStatus.Current().ParentId;
            if (!string.Equals(caller.ToString(CultureInfo.InvariantCulture), parent, StringComparison.Ordinal))
            {
                return ExitStatus.OfSignal(Terminate); // it died before the kernel was asked
            }
            PrivateFiles.Mount(error);
            Processes.Execute(path, ProcessWords.ArgumentsOf(caller, [.. arguments.Skip(2)]), ProcessWords.EnvironmentOf(caller));
            return ExitStatus.NotExecutable;
        }
        catch (KernelException exception)
        {
            _ = Failure.Report(exception, error);
            return exception.Errno is Errno.ENOENT ? ExitStatus.NotFound : ExitStatus.NotExecutable;
        }
    }
}
