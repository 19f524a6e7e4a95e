using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

using BridgeNet.Cli.Printing;
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
            "bridgenet dns                                     Podman's networks and BridgeNet's own, for a unit of systemd",
            "bridgenet dns --state-dir /run/bridgenet          BridgeNet's own alone",
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
    /// <remarks>Without a directory it serves Podman's networks and BridgeNet's own; with one, what that directory has.</remarks>
    protected override int Execute(ParseResult arguments)
    {
        TextWriter error = arguments.InvocationConfiguration.Error;
        (string? files, string? state) = (arguments.GetValue(_directory), StateDirectoryOption.Read(arguments));
        NameServerProcess.CompleteInline();
        using DriverNames? own = files is null || state is not null ? OpenOwn(StateDirectoryOption.ReadOrUsual(arguments), error) : null;
        if (files is null && state is not null)
        {
            WaitForSignal();
            return ExitStatus.Done;
        }
        string directory = Path.GetFullPath(files ?? NameServerOptions.UsualDirectory);
        NameServerOptions options = new()
        {
            Port = arguments.GetValue(_port) ?? Forwarder.UsualPort,
            Log = message => Failure.Print(message, error),
        };
        try
        {
            _ = Directory.CreateDirectory(directory);
            NameServerProcess.Serve(directory, options, isOnDemand: false, static () => { });
        }
        catch (Exception fault) when (own is not null && fault is IOException or UnauthorizedAccessException)
        {
            Failure.Print($"{fault.Message}; {Product.Name}'s own networks are served", error);
            WaitForSignal();
        }
        return ExitStatus.Done;
    }

    /// <summary>Takes the place of a server that was started on demand.</summary>
    private static DriverNames OpenOwn(string stateDirectory, TextWriter error) =>
        DriverNames.Open(stateDirectory, new ErrorLogger(error), yields: other => DriverNamesChild.TryEnd(other)
            ? false
            : throw new ConfigurationException(
                StateDirectoryOption.Name,
                $"process {other.Process} serves the names of {stateDirectory}: leave it to that one, or end it first"))!;

    private static void WaitForSignal()
    {
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        using EndSignals end = new();
        end.Wait();
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new FormatException($"'{text}' is no port: 1 to 65535");
}
