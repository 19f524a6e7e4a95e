using System.Text;
using System.Text.Json;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>The binary in netavark's place: one call, from arguments, environment and stdin to stdout and an exit status.</summary>
internal sealed class NetavarkProgram(INameServerProcess nameServer, Stream input, Stream output, TextWriter errors)
{
    /// <summary>The name by which Podman calls it.</summary>
    public const string Name = "netavark";

    /// <summary>The version of netavark that this equals in what it takes and gives.</summary>
    public const string Version = "1.17.2";

    private const int Usage = 2;

    /// <summary>Serves a call.</summary>
    /// <returns>0; 1 after an error was printed as JSON; 2 if the arguments make no sense.</returns>
    public int Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            NetavarkArguments call = NetavarkArguments.Parse(arguments, environment);
            Serve(call);
            return 0;
        }
        catch (NetavarkUsageException error)
        {
            errors.WriteLine($"error: {error.Message}");
            return Usage;
        }
        catch (Exception error)
        {
            bool isKnown = error is BridgeNetException or IOException or UnauthorizedAccessException;
            Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("error", isKnown ? error.Message : $"unexpected {error.GetType().Name}: {error.Message}");
                writer.WriteEndObject();
            });
            return 1;
        }
    }

    private void Serve(NetavarkArguments call)
    {
        switch (call.Verb)
        {
            case "--version" or "-V":
                output.Write(Encoding.ASCII.GetBytes($"{Name} {Version}\n"));
                break;
            case "version":
                WriteVersion();
                break;
            case "setup":
                Setup(call);
                break;
            case "teardown":
                Teardown(call);
                break;
            case "update":
                using (NetavarkHost host = HostOf(call, fallback: null))
                {
                    host.NameServer.Update(call.Operand, call.Servers);
                }
                break;
            case "firewall-reload":
                Reload(call);
                break;
            default:
                throw new NetavarkUsageException(
                    $"unrecognized subcommand '{call.Verb}': setup, teardown, update, firewall-reload and version are there");
        }
    }

    private void Setup(NetavarkArguments call)
    {
        NetavarkRequest request = NetavarkRequestReader.Read(ReadAll());
        NetavarkChecks.Check(request);
        using NetavarkHost host = HostOf(call, fallback: null);
        using NetworkNamespace sandbox = OpenSandbox(call.Operand);
        IReadOnlyList<NetavarkStatus> statuses = new NetavarkSetup(host).Run(request, sandbox);
        Write(writer => NetavarkStatus.Write(writer, statuses));
    }

    private void Teardown(NetavarkArguments call)
    {
        NetavarkRequest request = NetavarkRequestReader.Read(ReadAll());
        using NetavarkHost host = HostOf(call, fallback: null);
        using NetworkNamespace? sandbox = TryOpenSandbox(call.Operand);
        new NetavarkTeardown(host).Run(request, sandbox);
    }

    private void Reload(NetavarkArguments call)
    {
        using NetavarkHost host = HostOf(call, fallback: "/run/containers/networks");
        new NetavarkFirewall(host).Reload();
    }

    private NetavarkHost HostOf(NetavarkArguments call, string? fallback) => new(
        call.Options.Directory ?? fallback ?? throw new NetavarkException($"--config not specified but required for netavark {call.Verb}"),
        call.Options,
        nameServer);

    private static NetworkNamespace OpenSandbox(string path)
    {
        try
        {
            return NetworkNamespace.Open(path);
        }
        catch (NamespaceException error)
        {
            throw new NetavarkException($"invalid namespace path: {error.Message}", error);
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
        writer.WriteString("build_time", "");
        writer.WriteString("target", "");
        writer.WriteString("default_fw_driver", "nftables");
        writer.WriteEndObject();
    });

    private byte[] ReadAll()
    {
        using MemoryStream all = new();
        input.CopyTo(all);
        return all.ToArray();
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
