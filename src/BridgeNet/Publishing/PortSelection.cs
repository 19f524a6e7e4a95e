namespace BridgeNet.Publishing;

/// <summary>
/// Which of an endpoint's published ports a specification names: ports, ranges, or parts of ranges. Without a host address it names them wherever
/// they are published.
/// </summary>
/// <param name="spec">The specification.</param>
internal sealed class PortSelection(PortSpec spec)
{
    /// <summary>The specification.</summary>
    public PortSpec Spec => spec;

    /// <summary>What it names of a port or range; null if nothing.</summary>
    public PublishedPort? Of(PublishedPort port)
    {
        (int first, int behind) = Offsets(port);
        return first < behind ? port.Part(first, behind - first) : null;
    }

    /// <summary>What it does not name of a port or range.</summary>
    public IEnumerable<PublishedPort> RestOf(PublishedPort port)
    {
        (int first, int behind) = Offsets(port);
        if (first >= behind)
        {
            return [port];
        }
        PublishedPort[] rest = [port.Part(0, first), port.Part(behind, port.Count - behind)];
        return rest.Where(part => part.Count > 0);
    }

    private (int First, int Behind) Offsets(PublishedPort port)
    {
        bool isAtAddress = spec.HostAddress is null || spec.HostAddress.Equals(port.HostAddress);
        if (port.Protocol != spec.Protocol || !isAtAddress)
        {
            return (0, 0);
        }
        int first = Math.Max(0, spec.ContainerPorts.First - port.ContainerPort);
        int behind = Math.Min(port.Count, spec.ContainerPorts.Last + 1 - port.ContainerPort);
        if (spec.HostPorts is { } hostPorts && port.HostPort > 0)
        {
            first = Math.Max(first, hostPorts.First - port.HostPort);
            behind = Math.Min(behind, hostPorts.Last + 1 - port.HostPort);
        }
        return (first, behind);
    }
}
