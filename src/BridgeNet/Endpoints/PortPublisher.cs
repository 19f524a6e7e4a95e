using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Native;
using BridgeNet.Netlink;
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
    /// <param name="record">The endpoint.</param>
    /// <param name="specs">What is asked for.</param>
    /// <param name="remember">Writes the record with the further ports down, before the kernel is touched.</param>
    /// <returns>The record with the further ports.</returns>
    /// <exception cref="PortConflictException">A port asked for is taken. Nothing was published.</exception>
    public EndpointRecord Publish(HostLane lane, EndpointRecord record, IReadOnlyList<PortSpec> specs, Action<EndpointRecord> remember)
    {
        bool isExact = specs.All(spec => spec.HostPorts?.Count == spec.ContainerPorts.Count);
        for (int attempt = 1; ; attempt++)
        {
            IReadOnlyList<PublishedPort> ports = specs.Count == 0 ? [] : Choose(lane, specs, anywhere: attempt > 1);
            EndpointRecord intended = record with { Ports = [.. record.Ports, .. ports.Select(EndpointMapping.ToRecord)] };
            remember(intended);
            if (ports.Count == 0 || TryPublish(lane, record, ports, mayRetry: !isExact && attempt < Attempts))
            {
                return intended;
            }
        }
    }

    private IReadOnlyList<PublishedPort> Choose(HostLane lane, IReadOnlyList<PortSpec> specs, bool anywhere) =>
        host.Namespace.Run(() => PortChooser.Choose(specs, port => FirewallTable.OwnerOf(lane.Netfilter, port) is not null, anywhere));

    private bool TryPublish(HostLane lane, EndpointRecord record, IReadOnlyList<PublishedPort> ports, bool mayRetry)
    {
        ValueList<Publication> publications = ValueList.From(ports.Select(port => new Publication(record.ContainerAddress(), port, record.Id)));
        try
        {
            new FirewallRestorer(state).Change(lane.Netfilter, () => FirewallTable.TryPublish(lane.Netfilter, publications));
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST)
        {
            if (ports.All(port => string.Equals(FirewallTable.OwnerOf(lane.Netfilter, port), record.Id, StringComparison.Ordinal)))
            {
                return true; // whoever restored the table found these ports written down and published them too
            }
            if (mayRetry)
            {
                return false;
            }
            throw Explain(lane, ports, error);
        }
    }

    private PortConflictException Explain(HostLane lane, IReadOnlyList<PublishedPort> ports, NetlinkException error)
    {
        foreach (PublishedPort port in ports)
        {
            if (FirewallTable.OwnerOf(lane.Netfilter, port) is { } owner)
            {
                string name = state.Endpoints.Find(owner, out _)?.Name ?? owner;
                return new PortConflictException(port, $"endpoint {name} has published it: choose another port, or unpublish that one", error);
            }
        }
        return new PortConflictException(ports[0], "it was published meanwhile: try again", error);
    }
}
