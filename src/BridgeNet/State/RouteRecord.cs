namespace BridgeNet.State;

/// <summary>A route in a container as it stands on disk.</summary>
/// <param name="Destination">As 10.0.0.0/8.</param>
/// <param name="NextHop">Null for on the link.</param>
internal sealed record RouteRecord(string Destination, string? NextHop);
