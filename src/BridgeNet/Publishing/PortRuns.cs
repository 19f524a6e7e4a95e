namespace BridgeNet.Publishing;

/// <summary>Which ranges of an endpoint's ports can stand in the packet rules as ranges.</summary>
internal static class PortRuns
{
    /// <summary>Breaks those up into single ports that cannot.</summary>
    /// <param name="ports">Ports that come, or become others.</param>
    /// <param name="beside">The endpoint's other ports.</param>
    /// <remarks>
    /// The kernel takes no two ranges that overlap and are not the same: if 8000-8010 and 8005-8015 of a container are both published, at different
    /// addresses, the later is published port by port. So is what only some clients may use.
    /// </remarks>
    public static IEnumerable<PublishedPort> Split(IReadOnlyCollection<PublishedPort> ports, IReadOnlyCollection<PublishedPort> beside) =>
        from port in ports
        let isSplit = port.Count > 1 && (port.Sources.Count > 0 || ports.Concat(beside).Any(other => IsAcross(port, other)))
        from part in isSplit ? port.Each() : [port]
        select part;

    private static bool IsAcross(PublishedPort port, PublishedPort other) =>
        other.Count > 1 && other.Protocol == port.Protocol && other.Family == port.Family
        && other.ContainerPort < port.ContainerPort + port.Count && port.ContainerPort < other.ContainerPort + other.Count
        && (other.ContainerPort, other.Count) != (port.ContainerPort, port.Count);
}
