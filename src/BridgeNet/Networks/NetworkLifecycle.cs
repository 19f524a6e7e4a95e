using System.Net;
using System.Security.Cryptography;

using BridgeNet.Endpoints;
using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Networks;

/// <summary>Makes networks and takes them down. One at a time: the lock "networks" is held meanwhile.</summary>
internal sealed class NetworkLifecycle(StateDirectory state, HostSockets host)
{
    private const string LockName = "networks";

    /// <summary>The network of a definition, made or completed as needed.</summary>
    /// <exception cref="ConfigurationException">The definition cannot be.</exception>
    /// <exception cref="NetworkConflictException">A network of that name is defined otherwise, or the host has something in the way.</exception>
    public NetworkRecord Ensure(NetworkDefinition definition)
    {
        definition.Validate();
        using HeldLock alone = state.Locks.Acquire(LockName);
        NetworkRecord? known = state.Networks.Find(definition.Name, out RecordPhase phase);
        if (known is not null && phase is not RecordPhase.Done)
        {
            TearDown(known, phase); // left half made or half removed by a process that died
            known = null;
        }
        CheckSiblings(definition, known);

        using HostLane lane = host.Rent();
        FirewallTable.Probe(() => lane.Netfilter);
        Link? device = BridgeDevice.Inspect(lane.Route, definition, known?.Id);
        NetworkRecord record = known ?? Describe(lane.Route, definition, device);
        if (known is not null)
        {
            Build(lane, definition, record, device);
            return record;
        }
        state.Networks.WriteIntent(record.Name, record);
        try
        {
            Build(lane, definition, record, device);
        }
        catch
        {
            Undo(record);
            throw;
        }
        state.Networks.Commit(record.Name);
        return record;
    }

    /// <summary>Takes a network down.</summary>
    /// <exception cref="NetworkNotFoundException">There is none of that name.</exception>
    /// <exception cref="NetworkInUseException">It has endpoints.</exception>
    /// <exception cref="TeardownException">Something of it could not be taken down.</exception>
    public void Remove(string name)
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        NetworkRecord record = state.Networks.Find(name, out RecordPhase phase) ?? throw new NetworkNotFoundException(name);
        using HeldLock noneAttaches = state.LockNetwork(name, shared: false);
        string[] endpoints = [.. EndpointsOf(name)];
        if (endpoints.Length > 0)
        {
            throw new NetworkInUseException(name, endpoints);
        }
        TearDown(record, phase);
    }

    /// <summary>Finishes or undoes what processes that died had begun.</summary>
    /// <returns>The names of the networks that were removed.</returns>
    public IReadOnlyList<string> Recover()
    {
        using HeldLock alone = state.Locks.Acquire(LockName);
        List<string> removed = [];
        foreach ((string name, RecordPhase phase) in state.Networks.List())
        {
            if (phase is not RecordPhase.Done && state.Networks.Find(name, out _) is { } record)
            {
                TearDown(record, phase);
                removed.Add(name);
            }
        }
        return removed;
    }

    /// <summary>The definition of a network that is there.</summary>
    public static NetworkDefinition DefinitionOf(NetworkRecord record) => new()
    {
        Name = record.Name,
        Device = InterfaceName.Parse(record.Device),
        Adopt = record.Adopted,
        Subnet = IPNetwork.Parse(record.Subnet),
        Gateway = InterfaceAddress.Parse(record.Gateway).Address,
        Mtu = record.Mtu,
    };

    private NetworkRecord Describe(RouteSocket route, NetworkDefinition definition, Link? device) => new()
    {
        Name = definition.Name,
        Id = RandomNumberGenerator.GetHexString(12, lowercase: true),
        Device = definition.Device.ToString(),
        Adopted = device is not null,
        AdoptedAddress = device is not null && BridgeDevice.HasGateway(route, device, definition),
        AdoptedUp = device is { IsUp: true },
        AdoptedRouteLocalnet = device is not null && host.Namespace.Run(() => BridgeDevice.KnowsLocalhost(definition.Device)),
        Subnet = definition.Subnet.ToString(),
        Gateway = definition.GatewayAddress.ToString(),
        Mtu = definition.Mtu,
    };

    private void Build(HostLane lane, NetworkDefinition definition, NetworkRecord record, Link? device)
    {
        BridgeDevice.Ensure(lane, definition, record, device);
        host.Namespace.Run(() => BridgeDevice.ApplySettings(definition.Device));
        new FirewallRestorer(state).Change(lane.Netfilter, () => FirewallTable.TryAddNetwork(lane.Netfilter, Protected(record)));
    }

    private void CheckSiblings(NetworkDefinition definition, NetworkRecord? known)
    {
        if (known is not null && !IsSame(DefinitionOf(known), definition))
        {
            throw new NetworkConflictException(
                definition.Name,
                $"it is there with device {known.Device}, subnet {known.Subnet}, gateway {known.Gateway}: use it as it is, or remove it first");
        }
        foreach ((string name, _) in state.Networks.List())
        {
            if (!string.Equals(name, definition.Name, StringComparison.Ordinal) && state.Networks.Find(name, out _) is { } other)
            {
                IPNetwork subnet = IPNetwork.Parse(other.Subnet);
                if (string.Equals(other.Device, definition.Device.ToString(), StringComparison.Ordinal))
                {
                    throw new NetworkConflictException(definition.Name, $"network {name} has the device {other.Device}: name another one");
                }
                if (subnet.Contains(definition.Subnet.BaseAddress) || definition.Subnet.Contains(subnet.BaseAddress))
                {
                    throw new NetworkConflictException(definition.Name, $"network {name} has the subnet {subnet}: choose another one");
                }
            }
        }
    }

    /// <summary>Whether two definitions mean the same network; whether its bridge was adopted is a matter of how it came to be.</summary>
    private static bool IsSame(NetworkDefinition a, NetworkDefinition b) =>
        a.Device == b.Device && a.Subnet.Equals(b.Subnet) && a.GatewayAddress == b.GatewayAddress && a.Mtu == b.Mtu;

    private IEnumerable<string> EndpointsOf(string network) => state.Endpoints.List()
        .Select(listed => state.Endpoints.Find(listed.Id, out _))
        .Where(endpoint => string.Equals(endpoint?.Network, network, StringComparison.Ordinal))
        .Select(endpoint => endpoint!.Name);

    private void TearDown(NetworkRecord record, RecordPhase phase)
    {
        state.Networks.BeginRemoval(record.Name, phase);
        TeardownSteps steps = new();
        using (HostLane lane = host.Rent())
        {
            steps.Try(() => host.Namespace.Run(() => BridgeDevice.RestoreSettings(record))); // while the rules still guard them
            steps.Try(() => FirewallTable.RemoveNetwork(lane.Netfilter, Protected(record)));
            steps.Try(() => BridgeDevice.Remove(lane.Route, record));
        }
        if (steps.WereForbidden)
        {
            state.Networks.CancelRemoval(record.Name, phase);
        }
        steps.ThrowIfFailed($"network {record.Name}");
        state.ForgetNetwork(record.Name);
    }

    private void Undo(NetworkRecord record)
    {
        try
        {
            TearDown(record, RecordPhase.Intent);
        }
        catch (TeardownException)
        {
            // the error that led here is the one to tell; gc tries again by the record
        }
    }

    private static ProtectedNetwork Protected(NetworkRecord record) => new(InterfaceName.Parse(record.Device), IPNetwork.Parse(record.Subnet));
}
