using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>network inspect NETWORK…</c>: what there is to know of networks, as <c>docker network inspect</c> shows it.</summary>
internal sealed class NetworkInspectVerb : Verb
{
    private readonly Argument<string[]> _networks = NetworkNames.Several();

    public NetworkInspectVerb()
        : base(
            "inspect",
            "Show networks as JSON, in the shape of docker network inspect.",
            "bridgenet network inspect bridge",
            "bridgenet network inspect bridge | jq -r '.[0].IPAM.Config[0].Subnet'") => Add(_networks);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        List<Network> found = [];
        int status = ForEach(arguments, arguments.GetRequiredValue(_networks), network => found.Add(NetworkNames.Get(driver, network)));
        arguments.InvocationConfiguration.Output.WriteLine(JsonText.Of(driver, found));
        return status;
    }
}
