using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The binary in netavark's place: one call, from arguments, environment and stdin to stdout and an exit status.</summary>
internal sealed class NetavarkProgram(
    INameServerProcess nameServer, IPluginRunner plugins, Stream input, Stream output, TextWriter errors)
{
    /// <summary>The name by which Podman calls it.</summary>
    public const string Name = "netavark";

    /// <summary>The version of netavark that this equals in what it takes and gives.</summary>
    public const string Version = "1.17.2";

    private const int Usage = 2;
    private const string UsualDirectory = "/run/containers/networks";

    /// <summary>Serves a call.</summary>
    /// <returns>0; 1 after an error was printed as JSON; 2 if the arguments make no sense.</returns>
    public int Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            NetavarkArguments call = NetavarkArguments.Parse(arguments, environment);
            Serve(call, new NetavarkLog(errors, environment.GetValueOrDefault("RUST_LOG")));
            return 0;
        }
        catch (NetavarkUsageException error)
        {
            errors.WriteLine($"error: {error.Message}");
            return Usage;
        }
        catch (Exception error)
        {
            TryWriteError(NetavarkErrorText.Of(error));
            return 1;
        }
    }

    private void Serve(NetavarkArguments call, NetavarkLog log)
    {
        switch (call.Verb)
        {
            case "--version" or "-V":
                output.Write(Encoding.ASCII.GetBytes($"{Name} {Version}\n"));
                break;
            case "help":
                output.Write(Encoding.UTF8.GetBytes(NetavarkArguments.Help));
                break;
            case "version":
                WriteVersion();
                break;
            case "setup":
                Setup(call, log);
                break;
            case "teardown":
                Teardown(call, log);
                break;
            case "update":
                using (NetavarkHost host = HostOf(call, fallback: null, log))
                {
                    host.NameServer.Update(call.Operand, call.Servers);
                }
                break;
            case "create":
                Create(call);
                break;
            case "firewall-reload":
                Reload(call, log);
                break;
            case "firewalld-reload":
                FollowFirewalld(call, log);
                break;
            default:
                throw new NetavarkUsageException(
                    $"unrecognized subcommand '{call.Verb}': "
                    + "setup, teardown, update, create, firewall-reload, firewalld-reload and version are there");
        }
    }

    private void Setup(NetavarkArguments call, NetavarkLog log)
    {
        NetavarkRequest request = NetavarkRequestReader.Read(RequestOf(call, "failed to load network options"));
        using NetavarkHost host = HostOf(call, fallback: null, log);
        NetavarkChecks.Check(request, host.Plugins);
        using NetworkNamespace sandbox = OpenSandbox(call.Operand);
        Tell(log, call);
        new NetavarkFirewall(host).Check(request);
        if (!host.NameServer.IsThere && request.Attachments.Any(attachment => attachment.Network.HasDns))
        {
            log.Info("commands::setup", $"dns disabled because aardvark-dns path \"{call.Options.NameServer}\" does not exist");
        }
        foreach ((string name, string network) in request.UnusableNames)
        {
            log.Warn(
                "network::bridge",
                $"invalid network alias {Quoted(name)} on {network}: a name has no spaces, commas and line breaks, so it is left out");
        }
        IReadOnlyList<NetavarkStatus> statuses = new NetavarkSetup(host).Run(request, sandbox, call.Operand);
        try
        {
            Write(writer => NetavarkStatus.Write(writer, statuses));
        }
        catch
        {
            new NetavarkTeardown(host).Run(request, sandbox, call.Operand); // a container of which nobody hears is nobody's
            throw;
        }
    }

    private void Teardown(NetavarkArguments call, NetavarkLog log)
    {
        NetavarkRequest request = NetavarkRequestReader.Read(RequestOf(call, "failed to load network options"), isTolerant: true);
        NetavarkChecks.CheckNames(request);
        using NetavarkHost host = HostOf(call, fallback: null, log);
        using NetworkNamespace? sandbox = TryOpenSandbox(call.Operand);
        Tell(log, call);
        new NetavarkTeardown(host).Run(request, sandbox, call.Operand);
    }

    private static void Tell(NetavarkLog log, NetavarkArguments call) => log.Info(
        "firewall",
        call.Options.Firewall is NetavarkFirewallDriver.None
            ? "Not using firewall"
            : $"Using {call.Options.Firewall.ToString().ToLowerInvariant()} firewall driver");

    private void Create(NetavarkArguments call)
    {
        NetavarkCreateRequest request = NetavarkCreateRequest.Read(RequestOf(call, "failed to load network create"));
        NetavarkPlugins others = new(call.Options.PluginDirectories, plugins);
        JsonObject network = new NetavarkCreation(request, others, ListInterfaces).Run();
        Write(writer => network.WriteTo(writer));
    }

    private static HashSet<string> ListInterfaces()
    {
        using RouteSocket route = RouteSocket.Open();
        return route.ListLinks(hasStatistics: false).Select(link => $"{link.Name}").ToHashSet(StringComparer.Ordinal);
    }

    private void Reload(NetavarkArguments call, NetavarkLog log)
    {
        using NetavarkHost host = HostOf(call, UsualDirectory, log);
        new NetavarkFirewall(host).Reload();
        log.Info("commands::firewall_reload", "Successfully reloaded firewall rules");
    }

    /// <summary>
    /// Restores the rules now, for it is started after firewalld, and at each reload. An error of one time is told, and the next time is waited for.
    /// </summary>
    private void FollowFirewalld(NetavarkArguments call, NetavarkLog log)
    {
        using FirewalldBus bus = FirewalldBus.Connect(call.Options.SystemBus);
        void Restore(bool mayReload)
        {
            try
            {
                using NetavarkHost host = HostOf(call, UsualDirectory, log); // anew each time: a host keeps what it has seen of firewalld
                new NetavarkFirewall(host).Reload(mayReload);
                log.Info("commands::firewalld_reload", "Successfully reloaded firewall rules");
            }
            catch (Exception error) when (error is BridgeNetException or IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"[ERROR netavark::commands::firewalld_reload] failed to reload firewall rules: {NetavarkErrorText.Of(error)}");
            }
        }
        bus.FollowReloads(then: () => Restore(mayReload: false), ready: () => Restore(mayReload: true));
    }

    private NetavarkHost HostOf(NetavarkArguments call, string? fallback, NetavarkLog log) => new(
        call.Options.Directory ?? fallback ?? throw new NetavarkException($"--config not specified but required for netavark {call.Verb}"),
        call.Options,
        nameServer,
        new NetavarkPlugins(call.Options.PluginDirectories, plugins),
        log);

    /// <summary>When this program's file was written.</summary>
    private static string BuildTime => Environment.ProcessPath is { } path
        ? File.GetLastWriteTimeUtc(path).ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture)
        : "";

    private static NetworkNamespace OpenSandbox(string path)
    {
        try
        {
            return NetworkNamespace.Open(path);
        }
        catch (NamespaceException error)
        {
            throw new NetavarkException(
                File.Exists(path)
                    ? $"invalid namespace path: {error.Message}"
                    : $"invalid namespace path: IO error: {NetavarkErrorText.Numbered(Errno.ENOENT)}",
                error);
        }
    }

    private static NetworkNamespace? TryOpenSandbox(string path)
    {
        try
        {
            return NetworkNamespace.Open(path);
        }
        catch (NamespaceException)
        {
            return null; // it is gone, and its interfaces with it
        }
    }

    private void WriteVersion() => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("version", Version);
        writer.WriteString("commit", "");
        writer.WriteString("build_time", BuildTime);
        writer.WriteString("target", RuntimeInformation.RuntimeIdentifier);
        writer.WriteString("default_fw_driver", "nftables");
        writer.WriteEndObject();
    });

    private static string Quoted(string name) => $"\"{name.Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private byte[] RequestOf(NetavarkArguments call, string failure)
    {
        using MemoryStream all = new();
        if (call.Options.RequestFile is { } path)
        {
            CopyFile(path, all, failure);
        }
        else
        {
            input.CopyTo(all);
        }
        return all.ToArray();
    }

    private static void CopyFile(string path, Stream target, string failure)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            file.CopyTo(target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NetavarkException($"{failure}: {NetavarkErrorText.Cause(error)}", error);
        }
    }

    /// <summary>Nobody is told if nobody can be: the exit status says it, too.</summary>
    private void TryWriteError(string text)
    {
        try
        {
            Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("error", text);
                writer.WriteEndObject();
            });
        }
        catch (Exception error) when (error is BridgeNetException or IOException)
        {
            // such as a full disk, or a pipe that nobody reads
        }
    }

    private void Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text, new JsonWriterOptions { Encoder = new RelaxedEncoder() }))
        {
            write(writer);
        }
        text.WriteByte((byte)'\n');
        output.Write(text.ToArray());
    }
}
