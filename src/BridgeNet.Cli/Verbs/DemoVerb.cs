using System.CommandLine;
using System.Globalization;

using BridgeNet.Cli.Demo;
using BridgeNet.Cli.Values;
using BridgeNet.Netlink;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>demo</c>: the whole story in one command.</summary>
internal sealed class DemoVerb : Verb
{
    private const int UsualPort = 8080;

    private readonly Option<InterfaceName?> _device = TextOption.Of<InterfaceName?>(
        "--bridge-name", "DEV", "The bridge's name; by default docker0, or another if somebody else has that.", text => InterfaceName.Parse(text));

    private readonly Option<bool> _keep = new("--keep") { Description = "Leave all of it running until Enter or ^C." };

    private readonly Option<int?> _port = TextOption.Of(
        "--port", "PORT", $"The host's port; by default {UsualPort.ToString(CultureInfo.InvariantCulture)}, or another if that is taken.", ParsePort);

    public DemoVerb()
        : base(
            "demo",
            "See all of it work: a web server in a network namespace of its own, published, fetched, shown, and everything removed again.",
            "bridgenet demo                  takes about a second; needs root",
            "bridgenet demo --keep           stays, so that you can open http://localhost:8080 yourself",
            "unshare -n bridgenet demo       the same in a network namespace, far from the host's own network")
    {
        Add(_port);
        Add(_device);
        Add(_keep);
    }

    /// <summary>What is asked for.</summary>
    internal DemoOptions Read(ParseResult arguments) => new()
    {
        Port = arguments.GetValue(_port) ?? UsualPort,
        Device = arguments.GetValue(_device),
        Keep = arguments.GetValue(_keep),
        StateDirectory = StateDirectoryOption.Read(arguments),
    };

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments) => DemoStory.Tell(Read(arguments), arguments.InvocationConfiguration.Output);

    private static int? ParsePort(string text) => PortRange.Parse(text) is { Count: 1 } port
        ? port.First
        : throw new FormatException($"'{text}' is several ports: write one");
}
