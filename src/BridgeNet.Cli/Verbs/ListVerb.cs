using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>ls</c>: the endpoints.</summary>
internal sealed class ListVerb : Verb
{
    private static readonly string[] s_heads = ["ENDPOINT ID", "NAME", "NETWORK", "ADDRESS", "PORTS", "ENDS WITH"];

    private readonly Option<bool> _json = JsonText.Option();
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Ids only." };

    public ListVerb()
        : base(
            "ls",
            "List the endpoints.",
            "bridgenet ls",
            "bridgenet ls --json | jq -r '.[].IPAddress'")
    {
        Add(_json);
        Add(_quiet);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        TextWriter output = arguments.InvocationConfiguration.Output;
        IReadOnlyList<Endpoint> endpoints = driver.Endpoints;
        if (arguments.GetValue(_json))
        {
            output.WriteLine(JsonText.Of(driver, endpoints));
        }
        else if (arguments.GetValue(_quiet))
        {
            foreach (Endpoint endpoint in endpoints)
            {
                output.WriteLine(endpoint.Id);
            }
        }
        else
        {
            TextTable.Print(output, s_heads, endpoints.Select(Row));
        }
        return ExitStatus.Done;
    }

    private static string[] Row(Endpoint endpoint) =>
    [
        endpoint.Id,
        endpoint.Name,
        endpoint.NetworkName,
        EndpointNames.AddressesOf(endpoint),
        string.Join(", ", endpoint.Ports),
        endpoint.IsKept ? "detach" : "its process",
    ];
}
