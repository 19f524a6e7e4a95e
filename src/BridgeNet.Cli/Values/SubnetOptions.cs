using System.CommandLine;
using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Runtimes;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Values;

/// <summary>The subnets of a network, as <c>network create</c> takes them.</summary>
internal sealed class SubnetOptions
{
    private readonly Option<IPNetwork[]> _subnets = TextOption.Many(
        "--subnet",
        "CIDR",
        "A subnet, of IPv4 or IPv6; by default a free one of Docker's pools. May be given several times.",
        AddressText.ParseNetwork);

    private readonly Option<IPAddress[]> _gateways = TextOption.Many(
        "--gateway",
        "ADDRESS",
        "The bridge's address in the subnet that has it; by default the subnet's first. May be given several times.",
        AddressText.ParseAddress);

    private readonly Option<IPNetwork[]> _ranges = TextOption.Many(
        "--ip-range",
        "CIDR",
        "The part of a subnet from which addresses are chosen; by default all. May be given several times.",
        AddressText.ParseNetwork);

    private readonly Option<KeyValuePair<string, IPAddress>[]> _auxiliary = TextOption.Many(
        "--aux-address",
        "NAME=ADDRESS",
        $"An address that is never handed out; {DockerSubnets.IPv4NextHop} and {DockerSubnets.IPv6NextHop} name the containers' next hop. "
            + "May be given several times.",
        ParseAuxiliary);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_subnets);
        command.Add(_gateways);
        command.Add(_ranges);
        command.Add(_auxiliary);
    }

    /// <summary>What the options say.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="usual">The subnet of its family that gateways, ranges and auxiliary addresses lie in if none is named; null for none.</param>
    /// <exception cref="FormatException">Something lies in no subnet, or is there twice.</exception>
    public ValueList<SubnetDefinition> Read(ParseResult arguments, SubnetDefinition? usual)
    {
        SubnetDefinition[] named = [.. (arguments.GetValue(_subnets) ?? []).Select(subnet => new SubnetDefinition { Subnet = subnet })];
        IPAddress[] gateways = arguments.GetValue(_gateways) ?? [];
        IPNetwork[] ranges = arguments.GetValue(_ranges) ?? [];
        KeyValuePair<string, IPAddress>[] auxiliary = arguments.GetValue(_auxiliary) ?? [];
        IEnumerable<IPAddress> placed = [.. gateways, .. ranges.Select(range => range.BaseAddress), .. auxiliary.Select(entry => entry.Value)];
        bool isUsual = usual is not null
            && placed.Any(usual.Subnet.Contains)
            && !Array.Exists(named, other => other.Subnet.BaseAddress.AddressFamily == usual.Subnet.BaseAddress.AddressFamily);
        return DockerSubnets.Place(isUsual ? named.Prepend(usual!) : named, gateways, ranges, auxiliary);
    }

    private static KeyValuePair<string, IPAddress> ParseAuxiliary(string text)
    {
        (string name, string address) = PairText.Parse(text, "NAME=ADDRESS, as router=10.20.0.5");
        return KeyValuePair.Create(name, AddressText.ParseAddress(address));
    }
}
