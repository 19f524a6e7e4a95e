namespace BridgeNet.Runtimes.Docker;

/// <summary>A container's place on a network, as Docker names both.</summary>
/// <param name="ContainerId">Twelve hexadecimal digits.</param>
/// <param name="ContainerName">The container's name.</param>
/// <param name="NetworkName">The network's name.</param>
/// <param name="EndpointName">The name of the endpoint here, if the network is one of this driver.</param>
public sealed record DockerContainerNetwork(string ContainerId, string ContainerName, string NetworkName, string EndpointName);
