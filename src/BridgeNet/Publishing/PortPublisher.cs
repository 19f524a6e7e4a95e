using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Ports;
using BridgeNet.State;

namespace BridgeNet.Publishing;

/// <summary>
/// Publishes ports and takes them back. It chooses them, writes them down, and adds them in one transaction, which fails if one is taken.
/// </summary>
internal sealed class PortPublisher(StateDirectory state, HostSockets host)
{
    /// <summary>How often other ports are tried when somebody else published those that were chosen freely.</summary>
    private const int Attempts = 8;

    /// <summary>An endpoint with one port of one family has eight.</summary>
    private const int UsualElements = 8;

    /// <summary>Kept by each thread, because every attach has elements.</summary>
    [ThreadStatic]
    private static List<TableElement>? s_elements;

    private readonly FirewallRestorer _rules = new(state);

    /// <summary>Publishes what endpoints of a network ask for, all in one transaction; each by itself where somebody took a port meanwhile.</summary>
    /// <param name="lane">The verb's sockets.</param>
    /// <param name="network">The endpoints' network.</param>
    /// <param name="intents">The endpoints, which are written down with their ports before the kernel is touched.</param>
    /// <exception cref="PortConflictException">A port asked for is taken. Nothing was published of that endpoint.</exception>
    /// <exception cref="ConfigurationException">The network does not allow it.</exception>
    public void Publish(HostLane lane, NetworkState network, IReadOnlyList<IPortIntent> intents)
    {
        EndpointState[] bare = [.. intents.Select(static intent => intent.Endpoint)];
        HostPortSet? taken = intents.Count > 1 ? new() : null;
        PortChange[] changes = new PortChange[intents.Count];
        for (int i = 0; i < changes.Length; i++)
        {
            changes[i] = Intend(lane, network, intents[i], bare[i], anywhere: false, taken);
        }
        bool isDone = TryApply(lane, intents, bare, changes) is null
            || changes.Zip(bare).All(pair => IsPublishedAlready(lane, pair.Second, pair.First));
        for (int i = 0; i < changes.Length; i++)
        {
            PortChange change = isDone ? changes[i] : PublishAlone(lane, network, intents[i], bare[i]);
            if (change.After != change.Intended)
            {
                intents[i].Settle(bare[i] with { Ports = change.After });
            }
        }
    }

    /// <summary>Takes ports of a live endpoint back.</summary>
    /// <param name="lane">The verb's sockets.</param>
    /// <param name="endpoint">The endpoint; its ports are in doubt on disk by now.</param>
    /// <param name="change">What goes.</param>
    /// <param name="isCertain">Whether all ports of the record surely were the endpoint's before.</param>
    public static void Unpublish(HostLane lane, EndpointState endpoint, PortChange change, bool isCertain)
    {
        PublishedPorts.Change(lane.Netfilter, endpoint, change.After, [], isCertain);
        _ = ConnectionFlush.Flush(lane.Netfilter, lane.Route, change.Ending, [.. endpoint.OwnAddresses], isRemoval: true);
    }

    /// <summary>Looks for other ports, or says who has one that was asked for.</summary>
    private PortChange PublishAlone(HostLane lane, NetworkState network, IPortIntent intent, EndpointState bare)
    {
        bool isExact = intent.Publish.All(static spec => spec.IsExact);
        for (int attempt = 1; ; attempt++)
        {
            PortChange change = Intend(lane, network, intent, bare, anywhere: attempt > 1, taken: null);
            if (TryApply(lane, [intent], [bare], [change]) is not { } error || IsPublishedAlready(lane, bare, change))
            {
                return change;
            }
            if (isExact || attempt == Attempts)
            {
                throw Explain(lane.Netfilter, change.Coming, error);
            }
        }
    }

    private PortChange Intend(HostLane lane, NetworkState network, IPortIntent intent, EndpointState bare, bool anywhere, HostPortSet? taken)
    {
        PortPlan.Check(network, bare, intent.Publish);
        PortChange change = PortChange.Publish(bare, intent.Publish.Count == 0 ? [] : Choose(lane, network, bare, intent.Publish, anywhere, taken));
        intent.Intend(bare, change);
        return change;
    }

    private List<PublishedPort> Choose(
        HostLane lane, NetworkState network, EndpointState endpoint, IReadOnlyList<PortSpec> specs, bool anywhere, HostPortSet? taken)
    {
        PortChoice choice = new()
        {
            DefaultHostAddresses = PortPlan.DefaultHostAddresses(network, endpoint),
            TakesHostPorts = family => network.Definition.TraitsOf(family).IsTranslated,
            IsPublished = port => PublishedPorts.HolderOf(lane.Netfilter, port) is not null,
            Anywhere = anywhere,
            Taken = taken,
        };
        List<PublishedPort> ports = ChooseOnHost(lane, specs, choice);
        ports.AddRange(PortPlan.Routed(network, endpoint, specs));
        return specs.Any(static spec => spec.Sources.Count > 0) ? [.. ports.SelectMany(port => PortPlan.WithSources(specs, port))] : ports;
    }

    /// <summary>A port that a socket stands on may be another endpoint's, whose process holds it.</summary>
    private List<PublishedPort> ChooseOnHost(HostLane lane, IReadOnlyList<PortSpec> specs, PortChoice choice)
    {
        try
        {
            return host.Namespace.Run(() => PortChooser.Choose(specs, choice));
        }
        catch (PortConflictException error) when (specs.Any(spec => spec.IsExact && spec.HostPorts is { } ports
            && error.Port.HostPort >= ports.First && error.Port.HostPort <= ports.Last)
            && PublishedPorts.HolderOf(lane.Netfilter, error.Port) is not null)
        {
            throw Explain(lane.Netfilter, [error.Port], error);
        }
    }

    /// <returns>Null if it is done; the kernel's error if a port is taken: then nothing was done.</returns>
    private NetlinkException? TryApply(HostLane lane, IReadOnlyList<IPortIntent> intents, EndpointState[] bare, PortChange[] changes)
    {
        List<TableElement> elements = s_elements ??= new List<TableElement>(changes.Length * UsualElements);
        elements.Clear();
        for (int i = 0; i < changes.Length; i++)
        {
            if (intents[i].IsNew)
            {
                EndpointElements.AddTo(elements, bare[i]);
            }
            foreach (PublishedPort port in changes[i].Coming)
            {
                PortElements.AddTo(elements, bare[i], port);
            }
        }
        if (elements.Count == 0)
        {
            return null;
        }
        try
        {
            _rules.Add(lane.Netfilter, elements);
        }
        catch (NetlinkException error) when (error.Errno is Errno.EEXIST or Errno.EBUSY)
        {
            return error;
        }
        finally
        {
            elements.Clear();
        }
        IReadOnlyCollection<PublishedPort> coming = changes.Length == 1 ? changes[0].Coming : [.. changes.SelectMany(static change => change.Coming)];
        if (coming.Any(static port => port.Protocol is not TransportProtocol.Tcp)) // a TCP client that was refused begins anew
        {
            IPAddress[] addresses = [.. bare.SelectMany(static endpoint => endpoint.OwnAddresses)];
            _ = ConnectionFlush.Flush(lane.Netfilter, lane.Route, coming, addresses, isRemoval: false);
        }
        return null;
    }

    /// <summary>Whether somebody who restored the tables found these ports written down, and published them too.</summary>
    private static bool IsPublishedAlready(HostLane lane, EndpointState bare, PortChange change) =>
        change.After == change.Intended && change.Coming.All(port => PublishedPorts.IsThere(lane.Netfilter, bare, port));

    private PortConflictException Explain(NetfilterSocket netfilter, IReadOnlyCollection<PublishedPort> ports, BridgeNetException error)
    {
        foreach (PublishedPort port in ports.Where(port => port.HostPort > 0))
        {
            if (PublishedPorts.HolderOf(netfilter, port, out PublishedPort taken) is { } owner)
            {
                string name = state.Endpoints.Find(owner, out _)?.Name ?? owner;
                string reason = $"endpoint {name} has published it, or it at an address that this one includes";
                return new PortConflictException(taken, $"{reason}: choose another port, or unpublish that one", error);
            }
        }
        return new PortConflictException(ports.First(), "it was published meanwhile: try again", error);
    }
}
