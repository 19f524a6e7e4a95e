using System.Net;
using System.Net.Sockets;

using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Networks;

/// <summary>Makes and removes networks, one at a time, under the lock "networks".</summary>
internal sealed partial class NetworkLifecycle(StateDirectory state, HostSockets host, ILogger logger)
{
    /// <summary>The lock that is held while networks change.</summary>
    public const string LockName = "networks";

    /// <summary>Ensures a network: makes or completes it as needed.</summary>
    /// <exception cref="ConfigurationException">The definition is invalid.</exception>
    /// <exception cref="NetworkConflictException">A network of that name has another definition, or something on the host is in the way.</exception>
    /// <param name="definition">The definition.</param>
    /// <param name="isNew">Whether there was none of that name before.</param>
    public NetworkState Ensure(NetworkDefinition definition, out bool isNew)
    {
        isNew = false;
        definition.Validate();
        using HeldLock alone = state.Locks.Acquire(LockName);
        if (state.Networks.DamageOf(definition.Name) is { IsDamaged: true } && state.Networks.IsOnlyIntended(definition.Name))
        {
            state.Networks.Forget(definition.Name); // its writer died before it touched the kernel
        }
        NetworkState? known = state.Networks.Find(definition.Name, out RecordPhase phase);
        if (known is not null && phase is not RecordPhase.Done)
        {
            TearDown(known, phase); // a process died while it made or removed it
            known = null;
        }
        using HostLane lane = host.Rent();
        if (known is not null)
        {
            CheckSame(definition, known);
            Build(lane, known, BridgeDevice.Inspect(lane.Route, known.Definition, known));
            return known;
        }
        FirewallTable.Probe(() => lane.Netfilter);
        NetworkState network = Describe(lane.Route, definition, out Link? device);
        isNew = true;
        state.Networks.WriteIntent(network.Name, network);
        try
        {
            Build(lane, network, device);
            if (!network.Definition.InterContainer && host.Namespace.Run(() => Sysctl.Read("bridge/bridge-nf-call-iptables")) is "1")
            {
                LogBridgeNetfilter(network.Name);
            }
            state.Networks.Commit(network.Name);
        }
        catch
        {
            Undo(network);
            throw;
        }
        return network;
    }

    /// <summary>Other programs' firewalls that would drop a network's packets.</summary>
    /// <exception cref="NetworkNotFoundException">There is none of that name.</exception>
    public IReadOnlyList<ForeignForward> FindForeignForward(string name)
    {
        NetworkState network = state.Networks.Find(name, out _) ?? throw new NetworkNotFoundException(name);
        using HostLane lane = host.Rent();
        return network.Definition.Internal ? [] : FindForeignForward(lane, network);
    }

    /// <inheritdoc cref="BridgeDriver.FindFreeSubnet"/>
    public IPNetwork? FindFreeSubnet(AddressFamily family, int? prefixLength, IReadOnlyList<IPNetwork> except)
    {
        using HostLane lane = host.Rent();
        return new NetworkPlanner(state, logger).FindFree(lane.Route, family, prefixLength, except);
    }

    /// <summary>Removes a network.</summary>
    /// <exception cref="NetworkNotFoundException">There is none of that name.</exception>
    /// <exception cref="NetworkInUseException">It has endpoints.</exception>
    /// <exception cref="TeardownException">A step failed.</exception>
    /// <param name="name">Its name.</param>
    /// <param name="collectDead">Detaches those of its endpoints whose containers are gone.</param>
    public void Remove(string name, Action<string> collectDead)
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        NetworkState network = state.Networks.Find(name, out RecordPhase phase) ?? throw new NetworkNotFoundException(name);
        if (EndpointsOf(name).Any())
        {
            collectDead(name); // endpoints of dead containers do not count as use
        }
        using HeldLock noneAttaches = state.LockNetwork(name, shared: false);
        string[] endpoints = [.. EndpointsOf(name)];
        if (endpoints.Length > 0)
        {
            throw new NetworkInUseException(name, endpoints);
        }
        TearDown(network, phase);
    }

    /// <summary>Finishes or undoes what dead processes left unfinished.</summary>
    /// <param name="steps">Collects failures; everything else is done.</param>
    /// <returns>The names of the removed networks.</returns>
    public IReadOnlyList<string> Recover(TeardownSteps steps)
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        List<string> removed = [];
        foreach (string name in state.Networks.ListDrafts())
        {
            steps.Try(() => state.Networks.DropDraft(name)); // only the lock's holder writes drafts
        }
        foreach ((string name, RecordPhase phase) in state.Networks.List())
        {
            if (phase is not RecordPhase.Done)
            {
                steps.Try(() => removed.AddRange(TryRecover(name, phase) ? [name] : []));
            }
        }
        return removed;
    }

    private bool TryRecover(string name, RecordPhase phase)
    {
        try
        {
            if (state.Networks.Find(name, out _) is not { } network)
            {
                return false;
            }
            TearDown(network, phase);
            return true;
        }
        catch (StateException error) when (error.IsDamaged && state.Networks.IsOnlyIntended(name))
        {
            state.Networks.Forget(name); // its writer died before it touched the kernel
            return false;
        }
    }

    private NetworkState Describe(RouteSocket route, NetworkDefinition asked, out Link? device)
    {
        string id = DrawnId.Short();
        NetworkDefinition definition = new NetworkPlanner(state, logger).Plan(route, asked, id);
        if (definition.IPv6 && !host.Namespace.Run(BridgeDevice.KnowsIPv6))
        {
            throw new NetworkConflictException(asked.Name, "the host's kernel has no IPv6 (ipv6.disable=1, or CONFIG_IPV6 is missing): leave it out");
        }
        Link? existing = device = BridgeDevice.Inspect(route, definition, known: null);
        if (existing is null)
        {
            return new NetworkState { Id = id, Definition = definition with { Adopt = false } };
        }
        HashSet<InterfaceAddress> there = [.. route.ListAddresses(existing.Index).Select(address => address.Address)];
        return new NetworkState
        {
            Id = id,
            Definition = definition with { Adopt = true },
            WasUp = existing.IsUp,
            HadRouteLocalnet = host.Namespace.Run(() => BridgeDevice.KnowsLocalhost(existing.Name)),
            SubnetsBefore =
            [
                .. from subnet in definition.Subnets
                   where subnet.Gateway is not null && there.Contains(new InterfaceAddress(subnet.Gateway, subnet.Subnet.PrefixLength))
                   select subnet.Subnet,
            ],
        };
    }

    /// <summary>Makes what is missing of a network. The caller holds the lock "networks".</summary>
    internal void Build(HostLane lane, NetworkState network, Link? device)
    {
        int index = BridgeDevice.Ensure(lane.Route, network, device);
        InterfaceName[] advertised = network.Definition.IPv6 && !network.Definition.Internal ? [.. AdvertisedInterfaces(lane.Route)] : [];
        host.Namespace.Run(() =>
        {
            BridgeDevice.ApplySettings(network);
            if (network.Definition.IPv6 && !network.Definition.Internal)
            {
                BridgeDevice.ForwardIPv6(advertised);
            }
        });
        BridgeDevice.Address(lane.Route, network, index);
        if (device is not null)
        {
            BridgeDevice.RestoreRoutes(lane.Route, network, index);
        }
        new FirewallRestorer(state).Change(lane.Netfilter, () => FirewallTable.TryAddNetwork(lane.Netfilter, network.Definition));
        if (network.Definition.AllowForeignForward)
        {
            _ = ForeignForwardPass.Open(lane.Netfilter, ToForwarded(lane.Route, network), network.Id);
        }
    }

    private ForeignForward[] FindForeignForward(HostLane lane, NetworkState network)
    {
        ForeignTable[] tables = [.. ForeignTables.Read(lane.Netfilter), .. host.Namespace.Run(ForeignTables.ReadLegacy)];
        if (tables.Length == 0)
        {
            return [];
        }
        ForwardedBridge bridge = ToForwarded(lane.Route, network);
        return [.. ForeignObstacle.Find(tables, bridge).Select(obstacle => obstacle.Describe(bridge))];
    }

    /// <summary>The network's bridge as foreign firewalls see it.</summary>
    internal static ForwardedBridge ToForwarded(RouteSocket route, NetworkState network) => new(network.Device)
    {
        Index = route.TryGetLink(LinkSelector.ByName(network.Device))?.Index,
        IsInternal = network.Definition.Internal,
        HasIPv4 = network.Definition.IPv4,
        HasIPv6 = network.Definition.IPv6,
        Egress = HostEgress.Find(route)?.Name,
    };

    private static IEnumerable<InterfaceName> AdvertisedInterfaces(RouteSocket route) =>
        from found in route.ListRoutes(AddressFamily.InterNetworkV6)
        where found.IsDefault && found.Protocol is RouteProtocol.RouterAdvertisement && found.OutputInterface is not null
        let link = route.TryGetLink(LinkSelector.ByIndex(found.OutputInterface!.Value))
        where link is not null
        select link.Name;

    private static void CheckSame(NetworkDefinition asked, NetworkState known)
    {
        NetworkDefinition there = known.Definition;
        if (asked.FilledFrom(there) != there)
        {
            string subnets = string.Join(", ", there.Subnets.Select(subnet => $"{subnet.Subnet} gateway {subnet.Gateway?.ToString() ?? "none"}"));
            throw new NetworkConflictException(
                asked.Name,
                $"it is there with device {known.Device}, subnet {subnets}"
                + " and its own options (network inspect): use it as it is, or remove it first");
        }
    }

    private IEnumerable<string> EndpointsOf(string network) => state.Endpoints.All()
        .Select(listed => listed.Record)
        .Where(endpoint => string.Equals(endpoint.Network, network, StringComparison.Ordinal))
        .Select(endpoint => endpoint.Name);

    private void TearDown(NetworkState network, RecordPhase phase)
    {
        state.Networks.BeginRemoval(network.Name, phase);
        TeardownSteps steps = new();
        using (HostLane lane = host.Rent())
        {
            steps.Try(() => host.Namespace.Run(() => BridgeDevice.RestoreSettings(network))); // while the rules still guard them
            steps.Try(() => FirewallTable.RemoveNetwork(lane.Netfilter, network.Definition, isAlone: state.Networks.List().Count <= 1));
            if (network.Definition.AllowForeignForward)
            {
                steps.Try(() => ForeignForwardPass.Close(lane.Netfilter, network.Id));
            }
            steps.Try(() => BridgeDevice.Remove(lane.Route, network));
        }
        if (steps.WereForbidden)
        {
            state.Networks.CancelRemoval(network.Name, phase);
        }
        steps.ThrowIfFailed($"network {network.Name}");
        state.ForgetNetwork(network.Name);
    }

    private void Undo(NetworkState network)
    {
        try
        {
            TearDown(network, RecordPhase.Intent);
        }
        catch (TeardownException)
        {
            // the first error is the one to throw; gc tries again by the record
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "network {Network}: net.bridge.bridge-nf-call-iptables is 1, "
            + "so containers that are kept apart do not reach each other's published ports either: set it to 0 if they shall")]
    private partial void LogBridgeNetfilter(string network);
}
