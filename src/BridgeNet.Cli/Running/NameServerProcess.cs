using System.Runtime.InteropServices;

using BridgeNet.Dns.Names;
using BridgeNet.Dns.Serving;

namespace BridgeNet.Cli.Running;

/// <summary>This process as the name server: signals, and the file with its number.</summary>
internal static class NameServerProcess
{
    /// <summary>Serves until a signal ends it. SIGHUP reads the directory again.</summary>
    /// <param name="directory">The directory with a file for each network.</param>
    /// <param name="options">How.</param>
    /// <param name="isOnDemand">Whether it is there for networks alone: it fails without one, and ends when SIGHUP finds none left.</param>
    /// <param name="ready">Is called when every address is bound and the file with the number is written.</param>
    /// <exception cref="IOException">It cannot serve; the message says why.</exception>
    public static void Serve(string directory, NameServerOptions options, bool isOnDemand, Action ready)
    {
        CompleteInline();
        ProcessFile file = new(directory);
        if (file.FindOther() is { } other)
        {
            throw new IOException(
                $"process {other} is the name server of {directory} already: send it SIGHUP to have it read the directory again");
        }
        using NameServer server = new(new NameDirectory(directory, options.Log), options);
        using EndSignals end = new();
        TaskCompletionSource started = new();
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload); // one that comes early must not end it
        if (server.Start() == 0 && isOnDemand)
        {
            throw new IOException($"{directory} has no network that could be served");
        }
        started.SetResult();
        using StatusSocket? status = Listen(directory, options, server);
        file.Write();
        ready();
        end.Wait();
        file.Remove();

        void Reload(PosixSignalContext context)
        {
            context.Cancel = true;
            started.Task.Wait();
            if (server.Reload() == 0 && isOnDemand)
            {
                end.End();
            }
        }
    }

    /// <summary>
    /// Has .NET's thread that waits for sockets go on with what waited for them, instead of waking another thread for it. The name server never
    /// waits there for long, and most of a forwarded question's time is the waking of threads. To be called before the first socket.
    /// </summary>
    public static void CompleteInline() => Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

    /// <summary>Where the server says how it is. It serves names without that place, too.</summary>
    private static StatusSocket? Listen(string directory, NameServerOptions options, NameServer server)
    {
        try
        {
            return new StatusSocket(directory, () => server.Status);
        }
        catch (IOException error)
        {
            options.Log(error.Message);
            return null;
        }
    }
}
