using System.Net;

using BridgeNet.Cli.Printing;
using BridgeNet.Dns.Serving;
using BridgeNet.Native;

namespace BridgeNet.Cli.Running;

/// <summary>
/// A process that serves the names of BridgeNet's own networks. The first verb that attaches a container to one starts it, and it ends with the last
/// container.
/// </summary>
internal static class DriverNamesChild
{
    /// <summary>The hidden verb.</summary>
    public const string Verb = "__dns";

    private const int Terminate = 15;

    /// <summary>Ensures that endpoints' name servers answer. If they cannot, it says so: the endpoints are attached all the same.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="error">Where it says so.</param>
    /// <returns>Whether a server was started.</returns>
    public static bool Ensure(BridgeDriver driver, IEnumerable<Endpoint> endpoints, TextWriter error)
    {
        Endpoint[] unserved = [.. endpoints.Where(endpoint => !driver.AreNamesServed(endpoint))];
        if (unserved.Length == 0)
        {
            return false;
        }
        bool isStarted = false;
        NameServerStatus? status = DriverNames.Ask(driver.StateDirectory); // which looks for what is new
        try
        {
            isStarted = status is null && Start(driver, error);
        }
        catch (ProgramException fault)
        {
            Say($"nobody answers for names: {fault.Message}", error);
            return false;
        }
        IPAddress[] silent = [.. unserved.Where(endpoint => !driver.AreNamesServed(endpoint)).SelectMany(one => one.NameServers).Distinct()];
        if (silent.Length > 0)
        {
            status ??= DriverNames.Ask(driver.StateDirectory);
        }
        foreach (string server in silent.Select(server => new IPEndPoint(server, NameService.Port).ToString()).Except(
            status?.Listeners ?? [], StringComparer.Ordinal))
        {
            string? reason = status?.Failures.FirstOrDefault(failure => failure.Contains(server, StringComparison.Ordinal));
            Say($"nobody answers for names at {server}: {reason ?? "the server does not answer"}", error);
        }
        return isStarted;
    }

    private static bool Start(BridgeDriver driver, TextWriter error)
    {
        using BackgroundServer server = BackgroundServer.Begin([Verb, driver.StateDirectory], ownScope: true);
        return server.Finish(error) == ExitStatus.Done;
    }

    /// <summary>The same for all endpoints. While their records cannot be read, nothing is done: whoever repairs has told of that.</summary>
    public static bool EnsureAll(BridgeDriver driver, TextWriter error)
    {
        try
        {
            return Ensure(driver, driver.Endpoints, error);
        }
        catch (Exception fault) when (fault is StateException or IOException)
        {
            return false;
        }
    }

    /// <summary>Asks the process of a state directory to end, for one that stays whether there are containers or not.</summary>
    /// <returns>False if another process serves the names than one that was started on demand.</returns>
    public static bool TryEnd(NameServerStatus status) =>
        ProcessWords.Of(status.Process).Contains(Verb, StringComparer.Ordinal) && Processes.Signal(status.Process, Terminate);

    /// <summary>Serves, as the child.</summary>
    /// <param name="arguments">The state directory.</param>
    /// <param name="output">Where it says that it is ready.</param>
    /// <param name="error">Where it says why not.</param>
    /// <returns>The exit status.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error)
    {
        if (arguments is not [string directory])
        {
            Failure.Print($"{Verb} is for {Product.Name} alone", error);
            return ExitStatus.Usage;
        }
        return BackgroundServer.Run(ready => Serve(directory, ready), output, error);
    }

    private static void Serve(string directory, Action ready)
    {
        NameServerProcess.CompleteInline();
        using EndSignals end = new();
        SystemLog log = new($"{Product.Name}-dns");
        using DriverNames? names = DriverNames.Open(
            directory, new ErrorLogger(message => log.Write(SafeLine.Of(message))), yields: static _ => true);
        ready();
        names?.ServeUntilIdle(end.Token);
    }

    private static void Say(string what, TextWriter error) =>
        error.WriteLine($"{Product.Name}: warning: {SafeLine.Of(what)}; a network made with --no-dns needs no name server");
}
