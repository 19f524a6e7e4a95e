using System.Globalization;

using BridgeNet.Cli.Printing;
using BridgeNet.Dns.Serving;

namespace BridgeNet.Cli.Running;

/// <summary>A process that serves the names of a directory after the one that started it has ended.</summary>
internal static class NameServerChild
{
    /// <summary>
    /// The hidden verb. With it and what follows administrators find the process by the command line of aardvark-dns:
    /// <c>pgrep -f "aardvark-dns --config"</c>.
    /// </summary>
    public const string Verb = "__aardvark-dns";

    /// <summary>Starts it; it serves when it is told.</summary>
    /// <param name="directory">The directory of names.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="ownScope">Whether systemd is asked for a control group of its own.</param>
    public static BackgroundServer Begin(string directory, int port, bool ownScope) =>
        BackgroundServer.Begin([Verb, "--config", directory, "-p", port.ToString(CultureInfo.InvariantCulture), "run"], ownScope);

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="directory">The directory of names.</param>
    /// <param name="port">The port to listen on.</param>
    /// <param name="ownScope">Whether systemd is asked for a control group of its own.</param>
    /// <param name="error">Where errors are printed.</param>
    /// <returns>The exit status.</returns>
    public static int Start(string directory, int port, bool ownScope, TextWriter error)
    {
        using BackgroundServer server = Begin(directory, port, ownScope);
        return server.Finish(error);
    }

    /// <summary>Serves, as the child.</summary>
    /// <param name="arguments">The directory and the port.</param>
    /// <param name="output">Where it says that it is ready.</param>
    /// <param name="error">Where it says why not.</param>
    /// <returns>The exit status.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not ["--config", string directory, "-p", string port, "run"])
        {
            Failure.Print($"{Verb} is for aardvark-dns alone", error);
            return ExitStatus.Usage;
        }
        return BackgroundServer.Run(
            ready =>
            {
                SystemLog log = new("aardvark-dns");
                NameServerOptions options = new()
                {
                    Port = int.Parse(port, CultureInfo.InvariantCulture),
                    Log = message => log.Write(SafeLine.Of(message)),
                };
                NameServerProcess.Serve(directory, options, isOnDemand: true, ready);
            },
            output,
            error);
    }
}
