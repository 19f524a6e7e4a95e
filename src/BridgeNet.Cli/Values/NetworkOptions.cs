using System.CommandLine;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Values;

/// <summary>
/// The options of <c>network create</c>. A setting that has both an option of its own and a Docker option is accepted only once, so that
/// neither silently wins.
/// </summary>
internal sealed class NetworkOptions
{
    private readonly SubnetOptions _subnets = new();
    private readonly Option<bool> _ipv4 = new("--ipv4") { Description = "IPv4; --ipv4=false for a network without it." };
    private readonly Option<bool> _ipv6 = new("--ipv6") { Description = "IPv6; naming a subnet of IPv6 says so too." };
    private readonly Option<bool> _internal = new("--internal") { Description = "Nothing passes between it and anywhere else." };

    private readonly Option<KeyValuePair<string, string>[]> _labels = TextOption.Many(
        "--label", "KEY=VALUE", "A note on it. May be given several times.", PairText.ParseLabel);

    private readonly Option<KeyValuePair<string, string>[]> _options = TextOption.Many(
        "--opt",
        "KEY=VALUE",
        "An option by Docker's name, as com.docker.network.bridge.enable_icc=false. May be given several times.",
        text => PairText.Parse(text, "KEY=VALUE, as com.docker.network.bridge.enable_icc=false"),
        "-o");

    private readonly Option<string> _mtu = TextOption.Of(
        "--mtu", "BYTES", "The largest packet, 68 to 65535, or auto for that of the host's way out; by default 1500.", CheckMtu);

    private readonly Option<InterfaceName?> _device = TextOption.Of<InterfaceName?>(
        "--bridge-name",
        "DEV",
        "The bridge's name; by default docker0 for \"bridge\", else br- and the network's id.",
        text => InterfaceName.Parse(text));

    private readonly Option<bool> _adopt = new("--adopt") { Description = "Use a bridge that is there already, and leave it there in the end." };

    private readonly Option<bool> _foreign = new("--allow-foreign-forward")
    {
        Description = "Tell other people's firewalls, which would drop its packets, to let them through.",
    };

    private readonly Option<bool> _dns = new("--dns")
    {
        Description = "Its containers find each other by name, by asking its gateway; so by default, except on \"bridge\" and on adopted bridges.",
    };

    private readonly Option<bool> _noDns = new("--no-dns") { Description = "They do not." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _subnets.AddTo(command);
        command.Add(_ipv4);
        command.Add(_ipv6);
        command.Add(_internal);
        command.Add(_options);
        command.Add(_mtu);
        command.Add(_device);
        command.Add(_adopt);
        command.Add(_labels);
        command.Add(_foreign);
        command.Add(_dns);
        command.Add(_noDns);
    }

    /// <summary>What the options say.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="start">What the network is without them.</param>
    /// <param name="usual">The subnet that is meant by parts of it, where none is named; null for none.</param>
    /// <exception cref="FormatException">One cannot be, or they do not go together.</exception>
    public NetworkDefinition Read(ParseResult arguments, NetworkDefinition start, SubnetDefinition? usual)
    {
        List<KeyValuePair<string, string>> options = [.. arguments.GetValue(_options) ?? []];
        AddOwn(arguments, options, _ipv4, DockerNetworkOptions.EnableIPv4);
        AddOwn(arguments, options, _ipv6, DockerNetworkOptions.EnableIPv6);
        AddOwn(arguments, options, _internal, DockerNetworkOptions.Internal);
        AddOwn(arguments, options, _mtu, DockerNetworkOptions.Mtu);
        AddOwn(arguments, options, _device, DockerNetworkOptions.BridgeName);
        NetworkDefinition network = DockerNetworkOptions.Apply(start, options);
        return network with
        {
            Adopt = arguments.GetValue(_adopt),
            AllowForeignForward = arguments.GetValue(_foreign),
            Dns = ReadDns(arguments) ?? network.Dns,
            Labels = ReadLabels(arguments.GetValue(_labels) ?? []),
            Subnets = _subnets.Read(arguments, network.IPv4 ? usual : null),
        };
    }

    private static void AddOwn<T>(ParseResult arguments, List<KeyValuePair<string, string>> options, Option<T> own, string key)
    {
        if (arguments.GetResult(own) is not { Implicit: false })
        {
            return;
        }
        if (options.Exists(option => string.Equals(option.Key, key, StringComparison.Ordinal)))
        {
            throw new FormatException($"{own.Name} and -o {key} say the same thing: give one of them");
        }
        options.Add(KeyValuePair.Create(key, arguments.GetValue(own) is bool truth ? truth ? "true" : "false" : $"{arguments.GetValue(own)}"));
    }

    private static ValueList<KeyValuePair<string, string>> ReadLabels(IReadOnlyList<KeyValuePair<string, string>> labels) =>
        labels.CountBy(label => label.Key, StringComparer.Ordinal).FirstOrDefault(key => key.Value > 1) is { Key: { } twice }
            ? throw new FormatException($"the label {twice} is given twice")
            : ValueList.From(labels.OrderBy(label => label.Key, StringComparer.Ordinal));

    private bool? ReadDns(ParseResult arguments)
    {
        bool? wants = Said(arguments, _dns), refuses = Said(arguments, _noDns);
        return wants is { } && wants == refuses
            ? throw new FormatException($"{_dns.Name} and {_noDns.Name} contradict each other: give one of them")
            : wants ?? !refuses;
    }

    private static bool? Said(ParseResult arguments, Option<bool> option) =>
        arguments.GetResult(option) is { Implicit: false } ? arguments.GetValue(option) : null;

    private static string CheckMtu(string text)
    {
        _ = DockerNetworkOptions.Apply(NetworkDefinition.Docker0, [KeyValuePair.Create(DockerNetworkOptions.Mtu, text)]);
        return text;
    }
}
