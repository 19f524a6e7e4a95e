using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet;

/// <summary>
/// What a driver takes and gives, in JSON, without reflection: for programs that are trimmed or compiled ahead of time. Elsewhere
/// <see cref="JsonSerializer"/> needs none of it and writes the same. Addresses and names are texts, lists arrays, labels an object.
/// </summary>
public static class BridgeNetJson
{
    /// <summary>All of it, for the options of an application: <c>options.TypeInfoResolverChain.Add(BridgeNetJson.Resolver)</c>.</summary>
    public static IJsonTypeInfoResolver Resolver => DriverJsonContext.Default;

    /// <summary>An endpoint.</summary>
    public static JsonTypeInfo<Endpoint> Endpoint => DriverJsonContext.Default.Endpoint;

    /// <summary>Endpoints, as <see cref="BridgeDriver.Endpoints"/> gives them.</summary>
    public static JsonTypeInfo<IReadOnlyList<Endpoint>> Endpoints => DriverJsonContext.Default.IReadOnlyListEndpoint;

    /// <summary>The wish for an endpoint.</summary>
    public static JsonTypeInfo<EndpointRequest> EndpointRequest => DriverJsonContext.Default.EndpointRequest;

    /// <summary>An endpoint's counters.</summary>
    public static JsonTypeInfo<EndpointStatistics> EndpointStatistics => DriverJsonContext.Default.EndpointStatistics;

    /// <summary>A network's definition.</summary>
    public static JsonTypeInfo<NetworkDefinition> NetworkDefinition => DriverJsonContext.Default.NetworkDefinition;

    /// <summary>What a repair found and did.</summary>
    public static JsonTypeInfo<RepairReport> RepairReport => DriverJsonContext.Default.RepairReport;
}
