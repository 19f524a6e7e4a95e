using System.CommandLine;

using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>unpublish ENDPOINT SPEC…</c>: takes published ports of a live endpoint back.</summary>
internal sealed class UnpublishVerb : Verb
{
    private readonly Argument<string> _endpoint = EndpointNames.One();
    private readonly Argument<PortSpec[]> _ports = PortSpecs.Arguments();

    public UnpublishVerb()
        : base(
            "unpublish",
            "Take published ports of an endpoint back.",
            "bridgenet unpublish web 8080:80    as it was published",
            "bridgenet unpublish web 80         wherever the endpoint's port 80 is published")
    {
        Add(_endpoint);
        Add(_ports);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriverToChange(arguments);
        string name = arguments.GetRequiredValue(_endpoint);
        IReadOnlyList<PublishedPort> before = driver.GetEndpoint(name).Ports;
        HashSet<PublishedPort> staying = [.. driver.Unpublish(name, arguments.GetRequiredValue(_ports)).Ports.SelectMany(port => port.Each())];
        foreach (PublishedPort port in PublishedPort.Join(before.SelectMany(port => port.Each()).Where(port => !staying.Contains(port))))
        {
            arguments.InvocationConfiguration.Output.WriteLine(port);
        }
        return ExitStatus.Done;
    }
}
