using System.CommandLine;
using System.Net.Sockets;

using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>docker port</c>: where a container's ports are published, in the form of Docker's own verb.</summary>
internal sealed class DockerPortVerb : Verb
{
    private readonly Argument<string> _container =
        TextOption.Argument("CONTAINER", "Its name or id in Docker.", TextOption.NotEmpty("the container"));

    private readonly Option<string?> _engine = DockerListVerb.EngineOption();

    public DockerPortVerb()
        : base(
            "port",
            "Print where the ports of one of Docker's containers are published.",
            "bridgenet --state-dir /var/lib/bridgenet docker port web    80/tcp -> 0.0.0.0:8080")
    {
        Add(_container);
        Add(_engine);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        string container = arguments.GetRequiredValue(_container);
        using BridgeDriver driver = OpenDriver(arguments);
        Endpoint[] endpoints =
        [
            .. from one in DockerListVerb.List(driver, arguments.GetValue(_engine))
               where string.Equals(one.Place.ContainerName, container, StringComparison.Ordinal)
                   || one.Place.ContainerId.StartsWith(container, StringComparison.Ordinal)
                   || container.StartsWith(one.Place.ContainerId, StringComparison.Ordinal)
               select one.Endpoint,
        ];
        if (endpoints.Length == 0)
        {
            throw new EndpointNotFoundException(container);
        }
        foreach (PublishedPort port in endpoints.SelectMany(endpoint => endpoint.Ports).SelectMany(port => port.Each()))
        {
            string address = port.Family is AddressFamily.InterNetworkV6 ? $"[{port.HostAddress}]" : $"{port.HostAddress}";
            arguments.InvocationConfiguration.Output.WriteLine(
                $"{port.ContainerPort}/{PublishedPort.NameOf(port.Protocol)} -> {address}:{port.HostPort}");
        }
        return ExitStatus.Done;
    }
}
