using System.CommandLine;
using System.Globalization;
using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Runtimes;

namespace BridgeNet.Cli.Values;

/// <summary>The options of an endpoint's interface: name, addresses, routes and kernel settings.</summary>
internal sealed class InterfaceOptions
{
    private const string SysctlExample = "net.ipv4.conf.IFNAME.log_martians=1";

    private readonly Option<IPAddress> _ipv4 = TextOption.Of(
        "--ip", "ADDRESS", "Its IPv4 address; by default the next free one.", AddressText.ParseIPv4);

    private readonly Option<IPAddress> _ipv6 = TextOption.Of(
        "--ip6", "ADDRESS", "Its IPv6 address; by default the next free one.", AddressText.ParseIPv6);

    private readonly Option<InterfaceAddress[]> _linkLocal = TextOption.Many(
        "--link-local-ip",
        "CIDR",
        "A further address, which no pool has, as 169.254.3.4/16. May be given several times.",
        AddressText.ParseInterfaceAddress);

    private readonly Option<MacAddress?> _mac = TextOption.Of<MacAddress?>(
        "--mac-address", "MAC", "Its Ethernet address; by default 02:42 and the IPv4 address.", text => MacAddress.Parse(text));

    private readonly Option<InterfaceName?> _name = TextOption.Of<InterfaceName?>(
        "--ifname", "NAME", "The interface's name inside; by default the first free of eth0, eth1, ….", text => InterfaceName.Parse(text));

    private readonly Option<int> _priority = TextOption.Of(
        "--gw-priority", "N", "On several networks, that of the highest priority is the way out; by default 0.", ParsePriority);

    private readonly Option<bool> _noDefaultRoute = new("--no-default-route") { Description = "Give it no default routes." };

    private readonly Option<StaticRoute[]> _routes = TextOption.Many(
        "--route", "DEST[,VIA]", "A further route, as 10.9.0.0/16,172.17.0.5. May be given several times.", RouteText.Parse);

    private readonly Option<KeyValuePair<string, string>[]> _sysctls = TextOption.Many(
        "--sysctl", "KEY=VALUE", $"A kernel setting of the interface, as {SysctlExample}. May be given several times.",
        text => PairText.Parse(text, SysctlExample));

    private readonly Option<bool> _noAntiSpoofing = new("--no-anti-spoofing")
    {
        Description = "Let it send from addresses that are not its own, for containers that forward other people's packets.",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_ipv4);
        command.Add(_ipv6);
        command.Add(_linkLocal);
        command.Add(_mac);
        command.Add(_name);
        command.Add(_priority);
        command.Add(_noDefaultRoute);
        command.Add(_routes);
        command.Add(_sysctls);
        command.Add(_noAntiSpoofing);
    }

    /// <summary>An endpoint with what the options say.</summary>
    public EndpointRequest Read(ParseResult arguments) => new()
    {
        InterfaceName = arguments.GetValue(_name),
        IPv4Address = arguments.GetValue(_ipv4),
        IPv6Address = arguments.GetValue(_ipv6),
        LinkLocalAddresses = ValueList.From(arguments.GetValue(_linkLocal) ?? []),
        MacAddress = arguments.GetValue(_mac),
        GatewayPriority = arguments.GetValue(_priority),
        DefaultRoute = !arguments.GetValue(_noDefaultRoute),
        Routes = ValueList.From(arguments.GetValue(_routes) ?? []),
        Sysctls = ValueList.From(arguments.GetValue(_sysctls) ?? []),
        AntiSpoofing = !arguments.GetValue(_noAntiSpoofing),
    };

    private static int ParsePriority(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int priority)
            ? priority
            : throw new FormatException($"'{text}' is not a whole number");
}
