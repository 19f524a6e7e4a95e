using System.Net;

using BridgeNet.Announcing;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Ports;
using BridgeNet.Publishing;
using BridgeNet.Shaping;
using BridgeNet.State;
using BridgeNet.Wiring;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Endpoints;

/// <summary>Attaches containers to a network, all or none. One container is a batch of one.</summary>
internal sealed partial class EndpointAttacher(StateDirectory state, HostSockets host, LivingOwner owner, Announcer announcer, ILogger logger)
{
    /// <summary>In how many containers a batch keeps a socket, an open file, between reservation and wiring.</summary>
    private const int MostInside = 16;

    private readonly EndpointReservation _reservation = new(state);
    private readonly EndpointTeardown _teardown = new(state, host);
    private readonly NetworkPresence _networks = new(state);
    private readonly NeighbourMemory _neighbours = new(state);
    private readonly PortPublisher _publisher = new(state, host);

    /// <summary>Attaches containers.</summary>
    /// <returns>The drafts, each committed and to be handed over; the caller disposes of them.</returns>
    public IReadOnlyList<EndpointDraft> Attach(NetworkState network, IReadOnlyList<(NetworkNamespace? Sandbox, EndpointRequest Request)> containers)
    {
        foreach ((NetworkNamespace? sandbox, EndpointRequest request) in containers)
        {
            Check(sandbox, request);
        }
        CheckOnce(containers);
        List<EndpointDraft> drafts = new(containers.Count);
        try
        {
            while (drafts.Count < containers.Count)
            {
                AttachTogether(network, containers, drafts);
            }
            return drafts;
        }
        catch
        {
            Undo(drafts);
            throw;
        }
    }

    private void Check(NetworkNamespace? sandbox, EndpointRequest request)
    {
        request.Validate();
        FreePorts.Check(request.Publish, ReadEphemeral);
        if (sandbox?.Identity == host.Namespace.Identity)
        {
            throw new ConfigurationException("namespace", $"{sandbox.Path} is the host's own: a container needs one of its own");
        }
    }

    private EphemeralPorts ReadEphemeral() => host.Namespace.Run(EphemeralPorts.Read);

    private static void CheckOnce(IReadOnlyList<(NetworkNamespace? Sandbox, EndpointRequest Request)> containers)
    {
        if (containers.Count > 1 && containers.GroupBy(one => one.Sandbox?.Identity).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ConfigurationException("namespace", $"{twice.First().Sandbox?.Path} is given twice: a container is on a network once");
        }
    }

    /// <summary>Attaches the next containers: as many as may hold their locks, each of them an open file, at once.</summary>
    private void AttachTogether(
        NetworkState network, IReadOnlyList<(NetworkNamespace? Sandbox, EndpointRequest Request)> containers, List<EndpointDraft> drafts)
    {
        int first = drafts.Count, count = Math.Min(EndpointTeardown.Together, containers.Count - first);
        for (int i = first; i < first + count; i++)
        {
            drafts.Add(new EndpointDraft(state, owner, containers[i].Sandbox, containers[i].Request));
        }
        List<EndpointDraft> together = first == 0 ? drafts : drafts.GetRange(first, count);
        using HeldLock networkStays = Hold(network);
        foreach (EndpointDraft draft in together)
        {
            draft.Reserve(_reservation, network);
            if (together.Count > MostInside)
            {
                draft.LeaveContainer();
            }
        }
        using HostLane lane = host.Rent();
        foreach (EndpointDraft draft in together)
        {
            BridgeNeighbours.Check(lane.Route, network, draft.Endpoint, draft.Request);
        }
        _publisher.Publish(lane, network, together);
        foreach (EndpointDraft draft in together)
        {
            Finish(lane, network, draft, Wire(lane, network, draft));
        }
        together.ForEach(static draft => draft.Release());
    }

    /// <summary>Keeps a network from being removed.</summary>
    /// <exception cref="NetworkNotFoundException">It was; there may be another of its name.</exception>
    private HeldLock Hold(NetworkState network)
    {
        HeldLock stays = state.LockNetwork(network.Name, shared: true);
        try
        {
            return _networks.IsThere(network) ? stays : throw new NetworkNotFoundException(network.Name);
        }
        catch
        {
            stays.Dispose();
            throw;
        }
    }

    /// <summary>The links, and what is inside the container.</summary>
    /// <returns>The interface's index in the container; null if a runtime moves it there.</returns>
    private int? Wire(HostLane lane, NetworkState network, EndpointDraft draft)
    {
        EndpointState intended = draft.Endpoint;
        if (draft.Sandbox is not { } sandbox)
        {
            int bridge = ContainerWiring.Prepare(lane.Route, intended, network.Definition);
            if (_neighbours.Change(intended))
            {
                TellHost(lane.Route, bridge, intended);
            }
            return null;
        }
        (int index, InterfaceName name) = ContainerWiring.Build(
            lane.Route,
            draft.Inside,
            intended,
            network.Definition,
            sandbox,
            mayRename: draft.Request.InterfaceName is null,
            new ContainerSiblings(state, intended));
        draft.LeaveContainer();
        if (name != intended.InterfaceName)
        {
            draft.Write(intended with { InterfaceName = name });
        }
        return index;
    }

    /// <summary>Nobody announces the addresses of a prepared endpoint from inside its container: the host's own entries are put right.</summary>
    private static void TellHost(RouteSocket route, int bridge, EndpointState endpoint)
    {
        RouteBatch batch = route.Batch();
        foreach (IPAddress address in endpoint.OwnAddresses)
        {
            batch = batch.SetNeighbour(new Neighbour
            {
                LinkIndex = bridge,
                Address = address,
                MacAddress = endpoint.MacAddress,
                State = NeighbourStates.Stale,
            });
        }
        batch.Execute();
    }

    /// <summary>What follows the links: limits, held ports, the commit, and word to the neighbours.</summary>
    private void Finish(HostLane lane, NetworkState network, EndpointDraft draft, int? index)
    {
        if (draft.Endpoint.Bandwidth is not null)
        {
            TrafficShaper.Apply(lane.Route, draft.Endpoint);
        }
        if (draft.Request.HoldPorts)
        {
            draft.HoldPorts(PortKeeper.Take(host.Namespace, draft.Endpoint, draft.Publish, state.InternalSubnets()));
        }
        draft.Commit();
        if (index is { } inside)
        {
            Announce(lane, network.Definition, draft, inside);
        }
    }

    /// <summary>On somebody else's bridge anybody may have had its addresses before.</summary>
    private void Announce(HostLane lane, NetworkDefinition network, EndpointDraft draft, int index)
    {
        EndpointState endpoint = draft.Endpoint;
        bool areMisled = _neighbours.Change(endpoint) || network.Adopt;
        if (areMisled && network.Announcements > 0)
        {
            BridgePortReadiness.Await(lane.Route, endpoint.HostInterface);
            IPAddress[] addresses = [.. endpoint.OwnAddresses];
            _ = announcer.Announce(draft.Sandbox!, index, endpoint.MacAddress, addresses, network.Announcements, network.AnnouncementInterval);
        }
    }

    /// <summary>
    /// Takes down what was made of a batch of which one failed. First go the endpoints whose locks the drafts still have. Those of earlier chunks are
    /// locked again in the order of their ids, a chunk at a time: of two who want the same ones, none has what the other waits for.
    /// </summary>
    private void Undo(List<EndpointDraft> drafts)
    {
        EndpointDraft[] released = [.. drafts.Where(draft => !draft.IsLocked).OrderBy(draft => draft.Id, StringComparer.Ordinal)];
        UndoTogether([.. drafts.Where(draft => draft.IsLocked)]);
        foreach (EndpointDraft[] some in released.Chunk(EndpointTeardown.Together))
        {
            UndoTogether(some);
        }
    }

    /// <summary>Logs what fails here, for the error that led here is the one to tell.</summary>
    private void UndoTogether(EndpointDraft[] drafts)
    {
        List<EndpointEnding> endings = [];
        foreach (EndpointDraft draft in drafts.Where(draft => draft.IsWritten))
        {
            Log(draft.Id, () => endings.AddRange(draft.Reopen() is { } ending ? [ending] : []));
        }
        Log("of a batch", () => _ = _teardown.Remove(endings));
        foreach (EndpointEnding ending in endings.Where(ending => ending.Steps.HaveFailed))
        {
            Log(ending.Endpoint.Id, ending.Steps.WereForbidden
                ? () => _teardown.Forget(ending.Endpoint) // without the right to delete it, it was never made
                : ending.ThrowIfFailed);
        }
        foreach (EndpointDraft draft in drafts)
        {
            Log(draft.Id, draft.Dispose);
        }
    }

    private void Log(string id, Action step)
    {
        try
        {
            step();
        }
        catch (Exception error) when (error is BridgeNetException or ObjectDisposedException)
        {
            LogNotDetached(error, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "endpoint {Id} is not detached: gc will try again")]
    private partial void LogNotDetached(Exception error, string id);
}
