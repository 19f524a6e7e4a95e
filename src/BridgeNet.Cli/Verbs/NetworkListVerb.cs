using System.CommandLine;
using System.Globalization;

using BridgeNet.Cli.Printing;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>network ls</c>.</summary>
internal sealed class NetworkListVerb : Verb
{
    private static readonly string[] s_heads = ["NETWORK ID", "NAME", "BRIDGE", "SUBNET", "GATEWAY", "ENDPOINTS"];

    private readonly Option<bool> _json = JsonText.Option();
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Ids only." };

    public NetworkListVerb()
        : base("ls", "List the networks.", "bridgenet network ls", "bridgenet network ls --json | jq -r '.[].Name'")
    {
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        TextWriter output = arguments.InvocationConfiguration.Output;
        IReadOnlyList<Network> networks = driver.Networks;
        if (arguments.GetValue(_json))
        {
            output.WriteLine(JsonText.Of(driver, networks));
        }
        else if (arguments.GetValue(_quiet))
        {
            foreach (Network network in networks)
            {
                output.WriteLine(network.Id);
            }
        }
        else
        {
            ILookup<string, Endpoint> endpoints = driver.Endpoints.ToLookup(endpoint => endpoint.NetworkName, StringComparer.Ordinal);
            TextTable.Print(output, s_heads, networks.Select(network => Row(network, endpoints[network.Name].Count())));
        }
        return ExitStatus.Done;
    }

    private static string[] Row(Network network, int endpoints) =>
    [
        network.Id,
        network.Name,
        network.Device.ToString(),
        string.Join(", ", network.Definition.Subnets.Select(subnet => subnet.Subnet)),
        string.Join(", ", network.Gateways.Select(gateway => gateway.Address)),
        endpoints.ToString(CultureInfo.InvariantCulture),
    ];
}
