using System.CommandLine;
using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Runtimes;

namespace BridgeNet.Cli.Values;

/// <summary>Who may use the ports that a command publishes.</summary>
internal sealed class PublishSources
{
    private readonly Option<IPNetwork[]> _sources = TextOption.Many(
        "--publish-from",
        "CIDR",
        "Who may use the ports published here; by default everybody. May be given several times.",
        AddressText.ParseNetwork);

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_sources);

    /// <summary>The ports with their users.</summary>
    /// <exception cref="FormatException">There are users, but no ports.</exception>
    public IReadOnlyList<PortSpec> Apply(ParseResult arguments, IReadOnlyList<PortSpec> ports)
    {
        ValueList<IPNetwork> sources = ValueList.From(arguments.GetValue(_sources) ?? []);
        return sources.Count == 0 ? ports
            : ports.Count == 0 ? throw new FormatException($"{_sources.Name} says who may use published ports, but none is published: give -p too")
            : [.. ports.Select(port => port with { Sources = sources })];
    }
}
