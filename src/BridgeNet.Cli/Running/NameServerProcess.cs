using System.Runtime.InteropServices;

using BridgeNet.Dns.Serving;

namespace BridgeNet.Cli.Running;

/// <summary>This process as the name server: signals, and the file with its number.</summary>
internal static class NameServerProcess
{
    /// <summary>
    /// Has .NET's thread that waits for sockets go on with what waited for them, instead of waking another thread for it. The name server never
    /// waits there for long, and most of a forwarded question's time is the waking of threads.
    /// </summary>
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Serves until a signal ends it. SIGHUP reads the directory again.</summary>
    /// <param name="options">How.</param>
    /// <param name="isOnDemand">Whether it is there for networks alone: it fails without one, and ends when SIGHUP finds none left.</param>
    /// <param name="ready">Is called when every address is bound and the file with the number is written.</param>
    /// <exception cref="IOException">It cannot serve; the message says why.</exception>
    public static void Serve(NameServerOptions options, bool isOnDemand, Action ready)
    {
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        ProcessFile file = new(options.Directory);
        if (file.FindOther() is { } other)
        {
            throw new IOException(
                $"process {other} is the name server of {options.Directory} already: send it SIGHUP to have it read the directory again");
        }
        using ManualResetEventSlim end = new();
        using NameServer server = new(options);
        if (server.Start() == 0 && isOnDemand)
        {
            throw new IOException($"{options.Directory} has no network that could be served");
        }
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using StatusSocket? status = Listen(options, server);
        file.Write();
        ready();
        end.Wait();
        file.Remove();

        void Reload(PosixSignalContext context)
        {
            context.Cancel = true;
            if (server.Reload() == 0 && isOnDemand)
            {
                end.Set();
            }
        }

        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            end.Set();
        }
    }

    /// <summary>Where the server says how it is. It serves names without that place, too.</summary>
    private static StatusSocket? Listen(NameServerOptions options, NameServer server)
    {
        try
        {
            return new StatusSocket(options.Directory, () => server.Status);
        }
        catch (IOException error)
        {
            options.Log(error.Message);
            return null;
        }
    }
}
