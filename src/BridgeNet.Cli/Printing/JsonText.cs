using System.CommandLine;
using System.Text.Json;

using BridgeNet.Runtimes.Docker;

namespace BridgeNet.Cli.Printing;

/// <summary>Endpoints and networks as JSON, in Docker's shapes.</summary>
internal static class JsonText
{
    /// <summary>The option <c>--json</c>.</summary>
    public static Option<bool> Option() => new("--json") { Description = "As JSON." };

    /// <summary>One endpoint.</summary>
    public static string Of(BridgeDriver driver, Endpoint endpoint) =>
        JsonSerializer.Serialize(ToDocker(driver, endpoint), DockerJsonContext.Default.DockerEndpoint);

    /// <summary>An array of endpoints.</summary>
    public static string Of(BridgeDriver driver, IEnumerable<Endpoint> endpoints) =>
        JsonSerializer.Serialize(
            [.. endpoints.Select(endpoint => ToDocker(driver, endpoint))], DockerJsonContext.Default.IReadOnlyListDockerEndpoint);

    /// <summary>An array of networks.</summary>
    public static string Of(BridgeDriver driver, IEnumerable<Network> networks)
    {
        IReadOnlyList<Endpoint> endpoints = driver.Endpoints;
        return JsonSerializer.Serialize(
            [.. networks.Select(network => DockerNetwork.From(network, endpoints) with { ForeignForward = ForeignOf(driver, network) })],
            DockerJsonContext.Default.IReadOnlyListDockerNetwork);
    }

    /// <summary>An endpoint's counters.</summary>
    public static string Of(DockerStatistics statistics) => JsonSerializer.Serialize(statistics, DockerJsonContext.Default.DockerStatistics);

    /// <summary>The firewalls that drop a network's packets; null if there are none, or if this process may not list them.</summary>
    private static string[]? ForeignOf(BridgeDriver driver, Network network)
    {
        try
        {
            IReadOnlyList<ForeignForward> found = driver.FindForeignForward(network.Name);
            return found.Count == 0 ? null : [.. found.Select(one => $"{one.Table} {one.Chain}: {one.Why}: {one.Remedy}")];
        }
        catch (BridgeNetException)
        {
            return null;
        }
    }

    /// <summary>An endpoint, without what only its network's record knows if that cannot be read.</summary>
    private static DockerEndpoint ToDocker(BridgeDriver driver, Endpoint endpoint)
    {
        try
        {
            return DockerEndpoint.From(endpoint, driver.GetNetwork(endpoint.NetworkName));
        }
        catch (Exception error) when (error is StateException or NetworkNotFoundException)
        {
            return DockerEndpoint.From(endpoint, networkId: "", new NetworkDefinition { Name = endpoint.NetworkName });
        }
    }
}
