using System.CommandLine;

using BridgeNet.Netlink;

namespace BridgeNet.Cli.Values;

/// <summary>The options of an endpoint, for <c>attach</c> and <c>run</c>.</summary>
internal sealed class EndpointOptions
{
    private readonly Option<string> _network = TextOption.Of(
        "--network", "NAME", $"The network, by name or id; by default \"{NetworkDefinition.Docker0.Name}\", which is made if it is not there.",
        TextOption.NotEmpty("the network's name"));

    private readonly Option<string> _name = TextOption.Of(
        "--name", "NAME", "What to call the endpoint; by default its id.", TextOption.NotEmpty("the endpoint's name"));

    private readonly Option<string[]> _aliases = TextOption.Many(
        "--alias",
        "NAME",
        "A further name by which containers of the network find it. May be given several times.",
        TextOption.NotEmpty("the alias"));

    private readonly Option<PortSpec[]> _publish = PortSpecs.Option();
    private readonly PublishSources _sources = new();
    private readonly InterfaceOptions _interface = new();
    private readonly BandwidthOptions _bandwidth = new();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_publish);
        _sources.AddTo(command);
        command.Add(_network);
        command.Add(_name);
        command.Add(_aliases);
        _interface.AddTo(command);
        _bandwidth.AddTo(command);
    }

    /// <summary>The network's name that was given; null for none.</summary>
    public string? NetworkName(ParseResult arguments) => arguments.GetValue(_network);

    /// <summary>What the options say.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="keep">Whether the endpoint is to outlive this process.</param>
    /// <exception cref="UsageException">They do not go together.</exception>
    public EndpointRequest Request(ParseResult arguments, bool keep) => UsageException.Explain(() => _interface.Read(arguments) with
    {
        Name = arguments.GetValue(_name),
        Aliases = ValueList.From(arguments.GetValue(_aliases) ?? []),
        Publish = [.. _sources.Apply(arguments, arguments.GetValue(_publish) ?? [])],
        Bandwidth = _bandwidth.Read(arguments),
        Keep = keep,
    });
}
