using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

using BridgeNet.Cli.Values;
using BridgeNet.Netlink;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>network create NETWORK</c>. A network that is there as defined is completed, if something of it is missing.</summary>
internal sealed class NetworkCreateVerb : Verb
{
    /// <summary>As many digits as a link's name of 15 bytes has room for behind "br-".</summary>
    private const int DeviceDigits = 12;

    private readonly Argument<string> _name = NetworkNames.One();
    private readonly Option<bool> _adopt = new("--adopt") { Description = "Use a bridge that is there already, and leave it there in the end." };

    private readonly Option<InterfaceName?> _device = TextOption.Of<InterfaceName?>(
        "--bridge-name", "DEV", "The bridge's name; by default docker0 for \"bridge\", else br- and 12 digits.", text => InterfaceName.Parse(text));

    private readonly Option<IPAddress> _gateway = TextOption.Of(
        "--gateway", "ADDRESS", "The bridge's address; by default the first of the subnet.", AddressText.ParseAddress);

    private readonly Option<int?> _mtu = TextOption.Of("--mtu", "BYTES", "The largest packet, 68 to 65535; by default 1500.", ParseMtu);

    private readonly Option<IPNetwork?> _subnet = TextOption.Of<IPNetwork?>(
        "--subnet", "CIDR", "The subnet; \"bridge\" has 172.17.0.0/16 by default.", text => AddressText.ParseNetwork(text));

    public NetworkCreateVerb()
        : base(
            "create",
            "Make a network.",
            "bridgenet network create bridge                               docker0, 172.17.0.0/16",
            "bridgenet network create backend --subnet 10.20.0.0/24",
            "bridgenet network create bridge --bridge-name docker0 --adopt    on a docker0 that somebody else made")
    {
        Add(_name);
        Add(_subnet);
        Add(_gateway);
        Add(_device);
        Add(_mtu);
        Add(_adopt);
        Validators.Add(DemandSubnet);
    }

    /// <summary>The network that is asked for.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="known">The network of that name that is there, whose bridge goes on if no other is named.</param>
    internal NetworkDefinition Definition(ParseResult arguments, NetworkDefinition? known)
    {
        string name = arguments.GetRequiredValue(_name);
        NetworkDefinition? byDefault = IsDefault(name) ? NetworkDefinition.Docker0 : null;
        IPNetwork? subnet = arguments.GetValue(_subnet);
        return new NetworkDefinition
        {
            Name = name,
            Device = arguments.GetValue(_device) ?? known?.Device ?? byDefault?.Device ?? DrawDevice(),
            Subnet = subnet ?? byDefault?.Subnet ?? throw new ConfigurationException("subnet", "it is missing (--subnet)"),
            Gateway = arguments.GetValue(_gateway),
            Mtu = arguments.GetValue(_mtu) ?? byDefault?.Mtu,
            Adopt = arguments.GetValue(_adopt),
        };
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriverToChange(arguments);
        NetworkDefinition? known = driver.FindNetwork(arguments.GetRequiredValue(_name))?.Definition;
        Network network = driver.EnsureNetwork(Definition(arguments, known));
        arguments.InvocationConfiguration.Output.WriteLine(network.Id);
        return ExitStatus.Done;
    }

    private static bool IsDefault(string? name) => string.Equals(name, NetworkDefinition.Docker0.Name, StringComparison.Ordinal);

    private static InterfaceName DrawDevice() => InterfaceName.Parse("br-" + RandomNumberGenerator.GetHexString(DeviceDigits, lowercase: true));

    private static int? ParseMtu(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int mtu)
            ? mtu
            : throw new FormatException($"'{text}' is not a number of bytes");

    private void DemandSubnet(CommandResult command)
    {
        if (command.GetResult(_name)?.Tokens is [Token name, ..] && !IsDefault(name.Value) && command.GetResult(_subnet) is null)
        {
            command.AddError("a network other than \"bridge\" needs a subnet: write --subnet, as --subnet 10.20.0.0/24");
        }
    }
}
