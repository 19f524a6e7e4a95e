using System.CommandLine;
using System.Net.Sockets;

using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>docker port</c>: where a container's ports are published, in the form of Docker's own verb.</summary>
internal sealed class DockerPortVerb : Verb
{
    private const int IdLength = 12;

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
        ILookup<string, (DockerContainerNetwork Place, Endpoint Endpoint)> all =
            DockerListVerb.List(driver, arguments.GetValue(_engine)).ToLookup(one => one.Place.ContainerName, StringComparer.Ordinal);
        IGrouping<string, (DockerContainerNetwork Place, Endpoint Endpoint)>[] found =
            [.. all.Where(one => Is(one.Key, container))];
        if (found.Length == 0 && container.Length > 0)
        {
            string id = container.Length > IdLength ? container[..IdLength] : container;
            found = [.. all.Where(one => one.First().Place.ContainerId.StartsWith(id, StringComparison.Ordinal))];
        }
        if (found is not [{ } only])
        {
            throw new UsageException(found.Length > 1
                ? $"{container} begins the ids of {string.Join(", ", found.Select(one => one.Key))}: give more digits, or a name"
                : $"no running container {container} on a network of this state directory: "
                    + $"the plugin of docker install has {DockerService.StateDirectory} (--state-dir)");
        }
        foreach (PublishedPort port in only.SelectMany(one => one.Endpoint.Ports).SelectMany(port => port.Each()))
        {
            string address = port.Family is AddressFamily.InterNetworkV6 ? $"[{port.HostAddress}]" : $"{port.HostAddress}";
            arguments.InvocationConfiguration.Output.WriteLine(
                $"{port.ContainerPort}/{PublishedPort.NameOf(port.Protocol)} -> {address}:{port.HostPort}");
        }
        return ExitStatus.Done;
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
