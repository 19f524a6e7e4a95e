namespace BridgeNet.Runtimes.Netavark;

/// <summary>Ports of the host that firewalld forwards.</summary>
/// <param name="HostPorts">A port, or a range as <c>9000-9002</c>.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="ContainerPorts">As many ports of the container.</param>
/// <param name="Address">The container's address.</param>
internal sealed record FirewalldForward(string HostPorts, string Protocol, string ContainerPorts, string Address);
