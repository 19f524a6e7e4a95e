using System.CommandLine;

using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>network create NETWORK</c>. An existing network with the same definition is completed if a part of it is missing.</summary>
internal sealed class NetworkCreateVerb : Verb
{
    /// <summary>The default network's subnet on most hosts, for who names a gateway or a range in it.</summary>
    private static readonly SubnetDefinition s_usual = SubnetDefinition.Parse("172.17.0.0/16");

    private readonly Argument<string> _name = NetworkNames.One();
    private readonly NetworkOptions _options = new();

    public NetworkCreateVerb()
        : base(
            "create",
            "Make a network.",
            "bridgenet network create bridge                               docker0, 172.17.0.0/16 if that is free",
            "bridgenet network create backend                              the next free subnet of Docker's pools",
            "bridgenet network create backend --subnet 10.20.0.0/24 --subnet fd00:20::/64",
            "bridgenet network create quiet -o com.docker.network.bridge.enable_icc=false --internal",
            "bridgenet network create bridge --bridge-name docker0 --adopt    on a docker0 that somebody else made")
    {
        Add(_name);
        _options.AddTo(this);
    }

    /// <summary>The network that is asked for.</summary>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="UsageException">The options do not go together.</exception>
    internal NetworkDefinition Definition(ParseResult arguments)
    {
        string name = arguments.GetRequiredValue(_name);
        bool isDefault = string.Equals(name, NetworkDefinition.Docker0.Name, StringComparison.Ordinal);
        NetworkDefinition start = isDefault ? NetworkDefinition.Docker0 : new NetworkDefinition { Name = name };
        return UsageException.Explain(() => _options.Read(arguments, start, isDefault ? s_usual : null));
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        NetworkDefinition definition = Definition(arguments);
        using BridgeDriver driver = OpenDriverToChange(arguments);
        Network network = driver.EnsureNetwork(definition);
        arguments.InvocationConfiguration.Output.WriteLine(network.Id);
        return ExitStatus.Done;
    }
}
