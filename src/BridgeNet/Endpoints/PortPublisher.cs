using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Ports;
using BridgeNet.State;

namespace BridgeNet.Endpoints;

/// <summary>Publishes ports of an endpoint: chosen, written down, and put into the kernel's maps in one transaction that fails if any is taken.</summary>
internal sealed class PortPublisher(StateDirectory state, HostSockets host)
{
    /// <summary>How often other ports are tried when those chosen freely were published by somebody else meanwhile.</summary>
    private const int Attempts = 8;

    /// <summary>Publishes ports.</summary>
    /// <param name="lane">The verb's sockets.</param>
    /// <param name="network">The endpoint's network.</param>
    /// <param name="record">The endpoint.</param>
    /// <param name="specs">What is asked for.</param>
    /// <param name="elements">What else is to stand in the tables, in the same transaction.</param>
    /// <param name="remember">Writes the record with the further ports down, before the kernel is touched.</param>
    /// <returns>The record with the further ports.</returns>
    /// <exception cref="PortConflictException">A port asked for is taken. Nothing was published.</exception>
    public EndpointRecord Publish(
        HostLane lane,
        NetworkRecord network,
        EndpointRecord record,
        IReadOnlyList<PortSpec> specs,
        IReadOnlyList<TableElement> elements,
        Action<EndpointRecord> remember)
    {
        PortPlan.Check(network, record, specs);
        bool isExact = specs.All(spec => spec.HostPorts?.Count == spec.ContainerPorts.Count);
        for (int attempt = 1; ; attempt++)
        {
            PublishedPort[] ports = specs.Count == 0 ? [] : Choose(lane, network, record, specs, anywhere: attempt > 1);
            EndpointRecord intended = record with { Ports = [.. record.Ports, .. ports.Select(EndpointMapping.ToRecord)] };
            remember(intended);
            if (!TryPublish(lane, network, record, ports, elements, mayRetry: !isExact && attempt < Attempts))
            {
                continue;
            }
            HostPortSet given = HostPortSet.Of(ports);
            if (record.Ports.Any(before => given.Overlaps(before.ToPort())))
            {
                // what the kernel gave us now was not published, though the record said so: somebody died before he published it
                intended = record with { Ports = [.. record.Ports.Where(before => !given.Overlaps(before.ToPort())), .. ports.Select(EndpointMapping.ToRecord)] };
                remember(intended);
            }
            return intended;
        }
    }

    /// <summary>Publishes ports of several new endpoints in one transaction, or, where that cannot be, of each by itself.</summary>
    /// <param name="lane">The verb's sockets.</param>
    /// <param name="network">The endpoints' network.</param>
    /// <param name="records">The endpoints, which become those with their ports.</param>
    /// <param name="specs">What is asked for each.</param>
    /// <param name="elements">What else is to stand in the tables, in the same transaction.</param>
    /// <param name="remember">Writes a record with its ports down, before the kernel is touched.</param>
    /// <exception cref="PortConflictException">A port asked for is taken.</exception>
    public void PublishTogether(
        HostLane lane,
        NetworkRecord network,
        EndpointRecord[] records,
        IReadOnlyList<PortSpec>[] specs,
        IReadOnlyList<TableElement> elements,
        Action<EndpointRecord> remember)
    {
        HostPortSet taken = new();
        EndpointRecord[] bare = [.. records];
        for (int i = 0; i < records.Length; i++)
        {
            PortPlan.Check(network, records[i], specs[i]);
            PublishedPort[] ports = specs[i].Count == 0 ? [] : Choose(lane, network, records[i], specs[i], anywhere: false, taken);
            records[i] = records[i] with { Ports = [.. ports.Select(EndpointMapping.ToRecord)] };
            remember(records[i]);
        }
        TableElement[] all = [.. elements, .. records.SelectMany(record => record.ToPublications(network, record.Ports.Select(EndpointMapping.ToPort))).SelectMany(PublicationElements.Of)];
        try
        {
            new FirewallRestorer(state).Change(lane.Netfilter, () => FirewallTable.TryAdd(lane.Netfilter, all));
            PublishedPort[] published = [.. records.SelectMany(record => record.Ports).Select(EndpointMapping.ToPort)];
            _ = ConnectionFlush.Flush(lane.Netfilter, lane.Route, published, [.. records.SelectMany(record => record.OwnAddresses())], isRemoval: false);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST or Errno.EBUSY)
        {
            for (int i = 0; i < records.Length; i++) // somebody took one meanwhile: each by itself looks for others, or says who
            {
                records[i] = Publish(lane, network, bare[i], specs[i], [.. bare[i].ToProtected().SelectMany(EndpointElements.Of)], remember);
            }
        }
    }

    private PublishedPort[] Choose(
        HostLane lane, NetworkRecord network, EndpointRecord record, IReadOnlyList<PortSpec> specs, bool anywhere, HostPortSet? taken = null)
    {
        IEnumerable<PublishedPort> routed = PortPlan.Routed(network, record, specs);
        (IReadOnlyList<PortSpec> translated, IReadOnlyList<System.Net.IPAddress> addresses) = PortPlan.Translated(network, record, specs);
        IReadOnlyList<PublishedPort> chosen = translated.Count == 0 ? [] : host.Namespace.Run(() => PortChooser.Choose(translated, new PortChoice
        {
            DefaultHostAddresses = addresses,
            IsPublished = port => PublishedPorts.HolderOf(lane.Netfilter, port) is not null,
            Anywhere = anywhere,
            Taken = taken,
        }));
        List<PublishedPort> ports = [];
        foreach (PublishedPort port in chosen.Concat(routed))
        {
            ports.AddRange(PortPlan.WithSources(specs, port));
        }
        return [.. PortRuns.Settle(ports, [.. record.Ports.Select(EndpointMapping.ToPort)])];
    }

    private bool TryPublish(
        HostLane lane, NetworkRecord network, EndpointRecord record, PublishedPort[] ports, IReadOnlyList<TableElement> further, bool mayRetry)
    {
        TableElement[] elements = [.. further, .. record.ToPublications(network, ports).SelectMany(PublicationElements.Of)];
        if (elements.Length == 0)
        {
            return true;
        }
        try
        {
            new FirewallRestorer(state).Change(lane.Netfilter, () => FirewallTable.TryAdd(lane.Netfilter, elements));
            _ = ConnectionFlush.Flush(lane.Netfilter, lane.Route, ports, [.. record.OwnAddresses()], isRemoval: false);
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST or Errno.EBUSY)
        {
            HostPortSet wanted = HostPortSet.Of(ports);
            if (!record.Ports.Any(before => wanted.Overlaps(before.ToPort()))
                && record.ToPublications(network, ports).All(publication => publication.IsRouted || PublishedPorts.IsThere(lane.Netfilter, publication)))
            {
                return true; // whoever restored the table found these ports written down and published them too
            }
            return !mayRetry ? throw Explain(lane.Netfilter, ports, error) : false;
        }
    }

    private PortConflictException Explain(NetfilterSocket netfilter, PublishedPort[] ports, NetlinkException error)
    {
        foreach (PublishedPort port in ports.Where(port => port.HostPort > 0))
        {
            if (PublishedPorts.HolderOf(netfilter, port, out PublishedPort taken) is { } owner)
            {
                string name = state.Endpoints.Find(owner, out _)?.Name ?? owner;
                return new PortConflictException(taken, $"endpoint {name} has published it, or it at an address that this one includes: choose another port, or unpublish that one", error);
            }
        }
        return new PortConflictException(ports[0], "it was published meanwhile: try again", error);
    }
}
