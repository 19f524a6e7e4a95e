namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>A container as Docker tells of it.</summary>
/// <param name="IsRunning">Whether it runs.</param>
/// <param name="Networks">By the names of its networks, the endpoint's id and address; both are empty while it does not run.</param>
internal sealed record DockerContainer(bool IsRunning, IReadOnlyDictionary<string, (string Endpoint, string Address)> Networks);
