namespace BridgeNet.Runtimes.Netavark;

/// <summary>Ports of the host that lead to ports of the container.</summary>
/// <param name="HostIP">At which address of the host; empty is every one, <c>0.0.0.0</c> and <c>::</c> every one of a family.</param>
/// <param name="HostPort">The host's first port.</param>
/// <param name="ContainerPort">The container's first port.</param>
/// <param name="Range">How many ports; 0 is one.</param>
/// <param name="Protocol"><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
internal sealed record NetavarkPortMapping(string HostIP, ushort HostPort, ushort ContainerPort, ushort Range, string Protocol)
{
    /// <summary>How many ports.</summary>
    public int Count => Math.Max(Range, (ushort)1);
}
