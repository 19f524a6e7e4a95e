namespace BridgeNet.Ports;

/// <summary>Turns what was asked for into ports of the host, each checked to be free of other programs. To be used inside the host's namespace.</summary>
internal sealed class PortChooser
{
    private readonly List<PublishedPort> _chosen = [];
    private bool _anywhere;

    /// <summary>The ports for these specifications.</summary>
    /// <param name="specs">What was asked for.</param>
    /// <param name="isPublished">Whether a port is published already, asked only of ports that nobody asked for by number.</param>
    /// <param name="anywhere">Whether the search of a range begins anywhere in it: somebody else looks for a port at this moment, and takes the lowest too.</param>
    /// <exception cref="PortConflictException">A port that was asked for is taken.</exception>
    /// <exception cref="ConfigurationException">A host address is not the host's, or of IPv6.</exception>
    public static IReadOnlyList<PublishedPort> Choose(IEnumerable<PortSpec> specs, Func<PublishedPort, bool> isPublished, bool anywhere = false)
    {
        PortChooser chooser = new() { _anywhere = anywhere };
        foreach (PortSpec spec in specs)
        {
            chooser.Add(spec, isPublished);
        }
        return chooser._chosen;
    }

    private void Add(PortSpec spec, Func<PublishedPort, bool> isPublished)
    {
        if (spec.HostAddress?.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            throw new ConfigurationException("host address", $"{spec.HostAddress} is of IPv6, which the network has not: publish at an IPv4 address");
        }
        bool oneEach = spec.HostPorts is { } asked && asked.Count == spec.ContainerPorts.Count;
        for (int i = 0; i < spec.ContainerPorts.Count; i++)
        {
            PublishedPort Candidate(int hostPort) => new(spec.HostAddress, hostPort, spec.ContainerPorts.First + i, spec.Protocol);
            _chosen.Add(oneEach ? Exactly(Candidate(spec.HostPorts!.Value.First + i)) : Any(spec.HostPorts, Candidate, isPublished));
        }
    }

    private PublishedPort Exactly(PublishedPort port) => Refusal(port) is { } reason ? throw new PortConflictException(port, reason) : port;

    private PublishedPort Any(PortRange? wanted, Func<int, PublishedPort> candidate, Func<PublishedPort, bool> isPublished)
    {
        PortRange range = wanted ?? HostPortProbe.EphemeralRange();
        int start = wanted is null || _anywhere ? Random.Shared.Next(range.Count) : 0; // two processes at once then seldom try the same port
        for (int i = 0; i < range.Count; i++)
        {
            PublishedPort port = candidate(range.First + ((start + i) % range.Count));
            if (Refusal(port) is null && !isPublished(port))
            {
                return port;
            }
        }
        throw new PortConflictException(candidate(range.First), $"no port of {range} is free");
    }

    private string? Refusal(PublishedPort port) =>
        _chosen.Exists(other => Collides(other, port))
            ? "it is asked for twice"
            : HostPortProbe.Refusal(port.HostAddress, port.HostPort, port.Protocol);

    private static bool Collides(PublishedPort a, PublishedPort b) =>
        a.HostPort == b.HostPort
        && a.Protocol == b.Protocol
        && (a.HostAddress is null || b.HostAddress is null || a.HostAddress.Equals(b.HostAddress));
}
