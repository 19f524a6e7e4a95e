using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>inspect ENDPOINT…</c>: what there is to know of endpoints, with the keys of Docker's NetworkSettings.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string[]> _endpoints = EndpointNames.Several();

    public InspectVerb()
        : base(
            "inspect",
            "Show endpoints as JSON, with the keys of Docker's NetworkSettings.",
            "bridgenet inspect web",
            "bridgenet inspect web | jq -r '.[0].IPAddress'") => Add(_endpoints);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        List<Endpoint> found = [];
        int status = ForEach(arguments, arguments.GetRequiredValue(_endpoints), endpoint => found.Add(driver.GetEndpoint(endpoint)));
        arguments.InvocationConfiguration.Output.WriteLine(JsonText.Of(driver, found));
        return status;
    }
}
