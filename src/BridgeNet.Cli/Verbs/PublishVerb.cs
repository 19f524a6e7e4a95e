using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>publish ENDPOINT SPEC…</c>: further ports of a live endpoint.</summary>
internal sealed class PublishVerb : Verb
{
    private readonly Argument<string> _endpoint = EndpointNames.One();
    private readonly Argument<PortSpec[]> _ports = PortSpecs.Arguments();
    private readonly PublishSources _sources = new();

    public PublishVerb()
        : base(
            "publish",
            "Publish further ports of an endpoint.",
            "bridgenet publish web 8080:80",
            "bridgenet publish dns 127.0.0.1:5353:53/udp    for this host only",
            "bridgenet publish web 8080:80 --publish-from 10.0.0.0/8    for some people only",
            "bridgenet publish web 80                       at any free port of the host")
    {
        Add(_endpoint);
        Add(_ports);
        _sources.AddTo(this);
    }

    /// <summary>What is asked for.</summary>
    internal IReadOnlyList<PortSpec> Ports(ParseResult arguments) => _sources.Apply(arguments, arguments.GetRequiredValue(_ports));

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        IReadOnlyList<PortSpec> ports = Ports(arguments);
        using BridgeDriver driver = OpenDriverToChange(arguments);
        string name = arguments.GetRequiredValue(_endpoint);
        IReadOnlyList<PublishedPort> before = driver.GetEndpoint(name).Ports;
        Endpoint endpoint = driver.Publish(name, ports);
        foreach (PublishedPort port in endpoint.Ports.Except(before))
        {
            arguments.InvocationConfiguration.Output.WriteLine(port);
        }
        ReachabilityNotes.NoteUnservedClients(endpoint, ports, arguments.InvocationConfiguration.Error);
        return ExitStatus.Done;
    }
}
