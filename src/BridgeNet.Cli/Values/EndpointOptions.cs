using System.CommandLine;
using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Cli.Values;

/// <summary>What an endpoint is to be, as <c>attach</c> and <c>run</c> take it.</summary>
internal sealed class EndpointOptions
{
    private readonly Option<string> _network = TextOption.Of(
        "--network", "NAME", $"The network; by default \"{NetworkDefinition.Docker0.Name}\", which is made if it is not there.",
        TextOption.NotEmpty("the network's name"));

    private readonly Option<string> _name = TextOption.Of(
        "--name", "NAME", "What to call the endpoint; by default its id.", TextOption.NotEmpty("the endpoint's name"));

    private readonly Option<InterfaceName?> _interface = TextOption.Of<InterfaceName?>(
        "--ifname", "NAME", "The interface's name inside; by default the first free of eth0, eth1, ….", text => InterfaceName.Parse(text));

    private readonly Option<IPAddress> _address = TextOption.Of(
        "--ip", "ADDRESS", "Its IPv4 address; by default the next free one.", AddressText.ParseAddress);

    private readonly Option<MacAddress?> _mac = TextOption.Of<MacAddress?>(
        "--mac-address", "MAC", "Its Ethernet address; by default 02:42 and the IPv4 address.", text => MacAddress.Parse(text));

    private readonly Option<PortSpec[]> _publish = PortSpecs.Option();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_publish);
        command.Add(_network);
        command.Add(_name);
        command.Add(_address);
        command.Add(_mac);
        command.Add(_interface);
    }

    /// <summary>The network's name that was given; null for none.</summary>
    public string? NetworkName(ParseResult arguments) => arguments.GetValue(_network);

    /// <summary>What the options say.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="keep">Whether the endpoint is to outlive this process.</param>
    public EndpointRequest Request(ParseResult arguments, bool keep) => new()
    {
        Name = arguments.GetValue(_name),
        InterfaceName = arguments.GetValue(_interface),
        IPv4Address = arguments.GetValue(_address),
        MacAddress = arguments.GetValue(_mac),
        Publish = arguments.GetValue(_publish) ?? [],
        Keep = keep,
    };
}
