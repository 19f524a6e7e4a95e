using BridgeNet.Netlink;
using BridgeNet.Ports;
using BridgeNet.State;

namespace BridgeNet.Publishing;

/// <summary>A change of an endpoint's published ports, computed from what it has and what is asked for. It touches nothing.</summary>
/// <param name="Intended">All that may be published while the change is being made.</param>
/// <param name="After">What is published when it is made.</param>
/// <param name="Coming">What the change publishes.</param>
/// <param name="Ending">What the change takes back.</param>
internal sealed record PortChange(
    ValueList<PublishedPort> Intended,
    ValueList<PublishedPort> After,
    IReadOnlyCollection<PublishedPort> Coming,
    IReadOnlyCollection<PublishedPort> Ending)
{
    /// <summary>The ports of which nobody but the process that makes the change can say whether they are published.</summary>
    public ValueList<PublishedPort> Changing => [.. Intended.Except(After), .. After.Except(Intended), .. Coming];

    /// <summary>Publishes further ports.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="chosen">The ports that were chosen for it.</param>
    /// <remarks>
    /// The kernel gives a port to one owner. If a chosen one stands in the record already, a process died after it wrote that down and before it
    /// published it: the entry goes.
    /// </remarks>
    public static PortChange Publish(EndpointState endpoint, IReadOnlyCollection<PublishedPort> chosen)
    {
        if (chosen.Count == 0)
        {
            return new PortChange(endpoint.Ports, endpoint.Ports, [], []);
        }
        bool hasRanges = chosen.Any(static port => port.Count > 1);
        IReadOnlyCollection<PublishedPort> coming = hasRanges ? [.. PortRuns.Split(chosen, endpoint.Ports)] : chosen;
        if (endpoint.Ports.Count == 0)
        {
            ValueList<PublishedPort> first = [.. coming];
            return new PortChange(first, first, coming, []);
        }
        ValueList<PublishedPort> intended = [.. endpoint.Ports, .. coming];
        HostPortSet given = HostPortSet.Of(coming);
        ValueList<PublishedPort> after = endpoint.Ports.Any(given.Overlaps)
            ? [.. endpoint.Ports.Where(port => !given.Overlaps(port)), .. coming]
            : intended;
        return new PortChange(intended, after, coming, []);
    }

    /// <summary>Takes published ports, or parts of ranges, back.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="specs">What is to go.</param>
    /// <exception cref="ConfigurationException">A specification names nothing that is published.</exception>
    public static PortChange Unpublish(EndpointState endpoint, IReadOnlyList<PortSpec> specs)
    {
        PortSelection[] selections = [.. specs.Select(static spec => new PortSelection(spec))];
        ILookup<(TransportProtocol, int), PortSelection> single = selections.Where(static one => one.Spec.ContainerPorts.Count == 1)
            .ToLookup(static one => (one.Spec.Protocol, one.Spec.ContainerPorts.First)); // there may be thousands
        PortSelection[] wide = [.. selections.Where(static one => one.Spec.ContainerPorts.Count > 1)];
        List<PublishedPort> staying = [];
        HashSet<PublishedPort> ending = [];
        HashSet<PortSelection> found = [];
        foreach (PublishedPort port in endpoint.Ports)
        {
            IEnumerable<PublishedPort> parts = [port];
            foreach (PortSelection selection in port.Count == 1 ? single[(port.Protocol, port.ContainerPort)].Concat(wide) : selections)
            {
                if (selection.Of(port) is { } named)
                {
                    ending.Add(named);
                    found.Add(selection);
                    parts = [.. parts.SelectMany(selection.RestOf)];
                }
            }
            staying.AddRange(parts);
        }
        if (Array.Find(selections, selection => !found.Contains(selection)) is { } unknown)
        {
            throw new ConfigurationException("port", $"{unknown.Spec} is not published by endpoint {endpoint.Name}");
        }
        HashSet<PublishedPort> whole = [.. endpoint.Ports];
        ValueList<PublishedPort> after = ValueList.From(staying.SelectMany(port => whole.Contains(port) ? [port] : PortRuns.Split([port], staying)));
        return new PortChange(endpoint.Ports, after, [], ending);
    }
}
