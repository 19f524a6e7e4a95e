using System.Diagnostics;
using System.Globalization;

using BridgeNet.Cli.Printing;
using BridgeNet.Dns.Serving;
using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// A process of this binary that serves names after the one that started it has ended. .NET cannot fork: the binary is started again, in a session
/// of its own. It says by its standard output that it is ready, and by its standard error why not; its starter then knows how to end.
/// </summary>
internal static class NameServerChild
{
    /// <summary>The hidden verb. It has the name by which administrators look for the process.</summary>
    public const string Verb = "__aardvark-dns";

    private const string Ready = "ready";

    /// <summary>
    /// Hexadecimal bytes, 1 MiB, after which the collector looks for garbage. By itself it waits for as much as the processor's cache holds, and
    /// the process grows by 20 MB.
    /// </summary>
    public const string YoungestGeneration = "100000";

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="directory">The directory of names.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="error">Where errors are printed.</param>
    /// <returns>The exit status.</returns>
    public static int Start(string directory, int port, TextWriter error)
    {
        string self = Environment.ProcessPath ?? throw new ProgramException(Product.Name, "its own file cannot be found", ExitStatus.Failed);
        ProcessStartInfo start = new(self, [Verb, directory, port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCgen0size"] = YoungestGeneration;
        using Process child = Process.Start(start) ?? throw new ProgramException(self, "it was not started", ExitStatus.NotExecutable);
        if (string.Equals(child.StandardOutput.ReadLine(), Ready, StringComparison.Ordinal))
        {
            return ExitStatus.Done;
        }
        error.Write(child.StandardError.ReadToEnd());
        child.WaitForExit();
        return ExitStatus.Failed;
    }

    /// <summary>Serves, as the child.</summary>
    /// <param name="arguments">The directory and the port.</param>
    /// <param name="output">Where it says that it is ready.</param>
    /// <param name="error">Where it says why not.</param>
    /// <returns>The exit status.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string directory, string port])
        {
            Failure.Print($"{Verb} is for aardvark-dns alone", error);
            return ExitStatus.Usage;
        }
        try
        {
            Processes.BeginSession();
            Directory.SetCurrentDirectory("/"); // no directory of the starter's is kept busy
            SystemLog log = new("aardvark-dns");
            NameServerOptions options = new()
            {
                Directory = directory,
                Port = int.Parse(port, CultureInfo.InvariantCulture),
                Log = message => log.Write(SafeLine.Of(message)),
            };
            NameServerProcess.Serve(options, isOnDemand: true, () => output.WriteLine(Ready));
            return ExitStatus.Done;
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, error);
        }
    }
}
