using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Values;
using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>docker ps</c>: Docker's containers on networks of this driver, with the ports that Docker's own verb leaves out.</summary>
internal sealed class DockerListVerb : Verb
{
    private static readonly string[] s_heads = ["CONTAINER ID", "NAME", "NETWORK", "ADDRESS", "PORTS"];

    private readonly Option<string?> _engine = EngineOption();

    public DockerListVerb()
        : base(
            "ps",
            "List Docker's running containers on bridgenet networks, with the ports that docker ps does not show.",
            "bridgenet --state-dir /var/lib/bridgenet docker ps") => Add(_engine);

    /// <summary>Where the Engine listens.</summary>
    internal static Option<string?> EngineOption() => TextOption.Of<string?>(
        "--engine", "PATH", $"The Engine's socket (default {DockerEngine.DefaultSocketPath}).", TextOption.NotEmpty("the path"));

    /// <summary>The containers' places on networks, each with the endpoint that it has here.</summary>
    internal static IEnumerable<(DockerContainerNetwork Place, Endpoint Endpoint)> List(BridgeDriver driver, string? engine) =>
        DockerEngine.ListContainerNetworks(engine ?? DockerEngine.DefaultSocketPath)
            .Join(
                driver.Endpoints,
                place => place.EndpointName,
                endpoint => endpoint.Name,
                (place, endpoint) => (place, endpoint),
                StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        TextTable.Print(
            arguments.InvocationConfiguration.Output,
            s_heads,
            List(driver, arguments.GetValue(_engine)).Select(static one => (string[])
            [
                one.Place.ContainerId,
                one.Place.ContainerName,
                one.Place.NetworkName,
                EndpointNames.AddressesOf(one.Endpoint),
                string.Join(", ", one.Endpoint.Ports),
            ]));
        return ExitStatus.Done;
    }
}
