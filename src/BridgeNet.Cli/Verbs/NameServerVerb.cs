using System.CommandLine;
using System.Globalization;

using BridgeNet.Cli.Running;
using BridgeNet.Cli.Values;
using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Serving;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>dns</c>: answers containers' questions for names until a signal ends it.</summary>
internal sealed class NameServerVerb : Verb
{
    private readonly Option<string?> _directory = DirectoryOption();

    private readonly Option<int?> _port = TextOption.Of<int?>(
        "--port", "PORT", $"The port to listen on at each network's gateway (default {Forwarder.UsualPort}).", text => ParsePort(text), "-p");

    public NameServerVerb()
        : base(
            ProcessFile.Verb,
            "Answer containers' questions for names at their gateways, until a signal ends it; SIGHUP reads the directory again.",
            "bridgenet dns                                     in the place of aardvark-dns, for a unit of systemd",
            "ln -s bridgenet aardvark-dns                      by that name it is aardvark-dns, with its command line")
    {
        Add(_directory);
        Add(_port);
        Add(new NameServerStatusVerb());
        Add(new NameServerInstallVerb());
        Add(new NameServerUninstallVerb());
    }

    /// <summary>The option <c>--config</c>.</summary>
    internal static Option<string?> DirectoryOption() => TextOption.Of<string?>(
        "--config",
        "DIR",
        $"The directory with a file for each network (default {NameServerOptions.UsualDirectory}).",
        TextOption.NotEmpty("the directory"));

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        TextWriter error = arguments.InvocationConfiguration.Error;
        NameServerOptions options = new()
        {
            Directory = Path.GetFullPath(arguments.GetValue(_directory) ?? NameServerOptions.UsualDirectory),
            Port = arguments.GetValue(_port) ?? Forwarder.UsualPort,
            Log = message => Failure.Print(message, error),
        };
        _ = Directory.CreateDirectory(options.Directory);
        NameServerProcess.Serve(options, isOnDemand: false, static () => { });
        return ExitStatus.Done;
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new FormatException($"'{text}' is no port: 1 to 65535");
}
