using System.Net;
using System.Net.Sockets;

using BridgeNet.Announcing;
using BridgeNet.Definitions;
using BridgeNet.Endpoints;
using BridgeNet.Host;
using BridgeNet.Namespaces;
using BridgeNet.Networks;
using BridgeNet.Repairs;
using BridgeNet.State;

using Microsoft.Extensions.Logging;

namespace BridgeNet;

/// <summary>
/// The entry point: networks, and the containers attached to them. Several threads may use it at once, and so may several processes with the same
/// state directory. Every call is synchronous, as the kernel is.
/// </summary>
public sealed class BridgeDriver : IDisposable
{
    private readonly Announcer _announcer;
    private readonly EndpointLifecycle _endpoints;
    private readonly GarbageCollector _garbage;
    private readonly HostSockets _host;
    private readonly NetworkLifecycle _networks;
    private readonly LivingOwner _owner;
    private readonly NetworkNamespace? _ownNamespace;
    private readonly ILogger _logger;
    private readonly Repairer _repairer;
    private readonly StateDirectory _state;
    private NameService? _names;

    private BridgeDriver(BridgeDriverOptions options)
    {
        _state = new StateDirectory(options.StateDirectory);
        _ownNamespace = options.HostNamespace is null ? NetworkNamespace.Current() : null;
        _host = new HostSockets(options.HostNamespace ?? _ownNamespace!);
        _logger = options.Logger;
        _owner = new LivingOwner(_state.Owners);
        _announcer = new Announcer(options.Logger);
        _endpoints = new EndpointLifecycle(_state, _host, _owner, _announcer, options.Logger);
        _networks = new NetworkLifecycle(_state, _host, options.Logger);
        _repairer = new Repairer(_state, _host, _networks);
        _garbage = new GarbageCollector(_state, _host, _networks, _repairer);
    }

    /// <summary>All networks, in the order of their names.</summary>
    /// <exception cref="StateException">The state directory cannot be read.</exception>
    public IReadOnlyList<Network> Networks =>
    [
        .. from network in _state.Networks.All()
           where network.Phase is RecordPhase.Done
           select ToNetwork(network.Record),
    ];

    /// <summary>All endpoints, in the order of their ids.</summary>
    /// <exception cref="StateException">The state directory cannot be read.</exception>
    public IReadOnlyList<Endpoint> Endpoints => _endpoints.List();

    /// <summary>Opens the driver. It touches nothing in the kernel yet.</summary>
    /// <param name="options">Where it works; null for the process's own host and /run/bridgenet.</param>
    /// <exception cref="StateException">The state directory cannot be made or opened.</exception>
    public static BridgeDriver Open(BridgeDriverOptions? options = null) => new(options ?? new BridgeDriverOptions());

    /// <summary>Ensures a network: makes it if there is none, and completes it if something is missing.</summary>
    /// <exception cref="ConfigurationException">The definition is invalid.</exception>
    /// <exception cref="NetworkConflictException">A network of that name has another definition, or something on the host is in the way.</exception>
    /// <exception cref="FirewallUnavailableException">The kernel has no nf_tables, or another program's table has our name.</exception>
    /// <exception cref="PrivilegeException">CAP_NET_ADMIN is missing.</exception>
    public Network EnsureNetwork(NetworkDefinition definition) => EnsureNetwork(definition, out _);

    /// <inheritdoc cref="EnsureNetwork(NetworkDefinition)"/>
    /// <param name="definition">The definition.</param>
    /// <param name="isNew">Whether there was no network of that name before.</param>
    public Network EnsureNetwork(NetworkDefinition definition, out bool isNew)
    {
        ArgumentNullException.ThrowIfNull(definition);
        bool wasMade = false;
        Network network = Privilege.Explain($"making network {definition.Name}", () => ToNetwork(_networks.Ensure(definition, out wasMade)));
        isNew = wasMade;
        _ = _names?.Refresh(); // containers may ask as soon as they are attached
        return network;
    }

    /// <summary>The network of a name; null if there is none.</summary>
    /// <exception cref="StateException">Its record cannot be read.</exception>
    public Network? FindNetwork(string name)
    {
        ObjectName.Check("network", name);
        return _state.Networks.Find(name, out RecordPhase phase) is { } record && phase is RecordPhase.Done ? ToNetwork(record) : null;
    }

    /// <summary>The network of a name.</summary>
    /// <exception cref="NetworkNotFoundException">There is none.</exception>
    public Network GetNetwork(string name) => FindNetwork(name) ?? throw new NetworkNotFoundException(name);

    /// <summary>
    /// A subnet that neither a network nor the host has: no address of an interface, no route but the default ones, no name server. Nothing reserves
    /// it.
    /// </summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="prefixLength">Its prefix in bits, 1 to 32 or 128; null for the usual size (/16, then /20; IPv6: /64).</param>
    /// <param name="except">Subnets that are taken besides.</param>
    /// <returns>Null if none of that size is left in Docker's pools, or in the host's own block of IPv6.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such family or prefix.</exception>
    public IPNetwork? FindFreeSubnet(AddressFamily family, int? prefixLength = null, params IReadOnlyList<IPNetwork> except)
    {
        ArgumentNullException.ThrowIfNull(except);
        int most = family switch
        {
            AddressFamily.InterNetwork => 32,
            AddressFamily.InterNetworkV6 => 128,
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "subnets are of IPv4 or IPv6"),
        };
        if (prefixLength < 1 || prefixLength > most)
        {
            throw new ArgumentOutOfRangeException(nameof(prefixLength), prefixLength, $"a prefix has 1 to {most} bits");
        }
        return Privilege.Explain("looking for a free subnet", () => _networks.FindFreeSubnet(family, prefixLength, except));
    }

    /// <summary>Takes a network down.</summary>
    /// <exception cref="NetworkNotFoundException">There is none of that name.</exception>
    /// <exception cref="NetworkInUseException">It has endpoints.</exception>
    public void RemoveNetwork(string name)
    {
        ObjectName.Check("network", name);
        _ = Privilege.Explain($"removing network {name}", () =>
        {
            _networks.Remove(name, _garbage.CollectDead);
            return true;
        });
    }

    /// <summary>The endpoint of an id or name; null if there is none.</summary>
    public Endpoint? FindEndpoint(string idOrName) => _endpoints.Find(idOrName);

    /// <summary>The endpoint of an id or name.</summary>
    /// <exception cref="EndpointNotFoundException">There is none.</exception>
    public Endpoint GetEndpoint(string idOrName) => FindEndpoint(idOrName) ?? throw new EndpointNotFoundException(idOrName);

    /// <summary>Detaches an endpoint of any process, even if its namespace, its link or the table is gone.</summary>
    /// <returns>False if there is none of that id or name.</returns>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was, and gc can try again.</exception>
    public bool Detach(string idOrName) => Privilege.Explain($"detaching {idOrName}", () => _endpoints.Detach(idOrName));

    /// <summary>
    /// Detaches several endpoints together, with one transaction for their packet rules and one wait for the kernel to delete their links; each <see
    /// cref="Detach"/> alone waits anew.
    /// </summary>
    /// <returns>Those of <paramref name="idsOrNames"/> that named an endpoint.</returns>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was, and gc can try again.</exception>
    public IReadOnlyList<string> DetachMany(params IEnumerable<string> idsOrNames)
    {
        ArgumentNullException.ThrowIfNull(idsOrNames);
        return Privilege.Explain("detaching", () => _endpoints.DetachMany(idsOrNames));
    }

    /// <summary>Publishes more ports of a live endpoint.</summary>
    /// <exception cref="EndpointNotFoundException">There is none of that id or name.</exception>
    /// <exception cref="PortConflictException">A requested host port is taken; nothing was published.</exception>
    public Endpoint Publish(string idOrName, params IReadOnlyList<PortSpec> ports) =>
        Privilege.Explain($"publishing ports of {idOrName}", () => _endpoints.Publish(idOrName, ports));

    /// <summary>
    /// Holds an endpoint's published ports by sockets of this process, so that no program of the host takes them, and serves the clients that the
    /// kernel cannot lead to the container: those of ::1, and IPv6 clients of a container without IPv6. Ports that any process unpublishes are let
    /// go; all are when the endpoint is detached, and when this driver is disposed.
    /// </summary>
    /// <param name="idOrName">The endpoint. One whose lease holds its ports (<see cref="EndpointRequest.HoldPorts"/>) is left alone.</param>
    /// <param name="specs">The specifications by which its ports were published: one without a host address is served to both families.</param>
    /// <exception cref="EndpointNotFoundException">There is none of that id or name.</exception>
    /// <exception cref="PortConflictException">A program of the host has bound one of the ports. None is held then.</exception>
    /// <exception cref="ConfigurationException">There are more ports than the process may have open files.</exception>
    public void HoldPorts(string idOrName, params IReadOnlyList<PortSpec> specs)
    {
        ArgumentNullException.ThrowIfNull(specs);
        Privilege.Explain($"holding ports of {idOrName}", () =>
        {
            _endpoints.HoldPorts(idOrName, specs);
            return true;
        });
    }

    /// <summary>Unpublishes ports of a live endpoint.</summary>
    /// <exception cref="EndpointNotFoundException">There is none of that id or name.</exception>
    /// <exception cref="ConfigurationException">A named port is not published.</exception>
    public Endpoint Unpublish(string idOrName, params IReadOnlyList<PortSpec> ports) =>
        Privilege.Explain($"unpublishing ports of {idOrName}", () => _endpoints.Unpublish(idOrName, ports));

    /// <summary>Changes a live endpoint's bandwidth limits; null removes them.</summary>
    /// <exception cref="EndpointNotFoundException">There is none of that id or name.</exception>
    /// <exception cref="ConfigurationException">The limits are invalid.</exception>
    public Endpoint Limit(string idOrName, Bandwidth? bandwidth) =>
        Privilege.Explain($"limiting {idOrName}", () => _endpoints.Limit(idOrName, bandwidth));

    /// <summary>Counters of an endpoint and of each of its published ports.</summary>
    /// <exception cref="EndpointNotFoundException">There is none of that id or name.</exception>
    public EndpointStatistics GetStatistics(string idOrName) =>
        Privilege.Explain($"reading counters of {idOrName}", () => _endpoints.Measure(idOrName));

    /// <summary>
    /// Other programs' firewalls on this host that would drop a network's packets, with a remedy for each. Our accept does not overrule their drop.
    /// BridgeNet changes them only if <see cref="NetworkDefinition.AllowForeignForward"/> is set.
    /// </summary>
    /// <exception cref="NetworkNotFoundException">There is none of that name.</exception>
    public IReadOnlyList<ForeignForward> FindForeignForward(string network) =>
        Privilege.Explain($"reading the firewalls around network {network}", () => _networks.FindForeignForward(network));

    /// <summary>Removes orphaned endpoints and networks: those of dead processes, lost namespaces and interrupted operations.</summary>
    /// <returns>The names of the endpoints and networks that were ended.</returns>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was.</exception>
    public IReadOnlyList<string> CollectGarbage() =>
        Privilege.Explain("gc", () => Following(_garbage.Collect));

    /// <summary>Ends the endpoints of processes that died without keeping them; cheap when none did.</summary>
    /// <returns>The names of the endpoints that were ended.</returns>
    /// <exception cref="TeardownException">Something could not be taken down; everything else was.</exception>
    public IReadOnlyList<string> CollectOrphans() => Privilege.Explain("gc", _garbage.CollectOrphans);

    /// <summary>
    /// Compares networks, endpoints and packet rules with the kernel and restores what is missing: after <c>nft flush ruleset</c>, a deleted
    /// bridge, link or address. It leaves alone what is right, so live connections and counters stay. One transaction changes the packet rules.
    /// It ends endpoints whose namespace is gone, and leaves to other processes what they are just making or taking down.
    /// </summary>
    /// <exception cref="PrivilegeException">CAP_NET_ADMIN is missing.</exception>
    public RepairReport Repair() => Privilege.Explain("repair", () => Following(() => _repairer.Repair(RepairScope.Everything)));

    /// <summary>
    /// Compares networks, endpoints and packet rules with the kernel and changes nothing: for a health check. The report has what <see
    /// cref="Repair"/> would restore and end, in the words in which it would tell of it, and what it could not.
    /// </summary>
    /// <exception cref="PrivilegeException">CAP_NET_ADMIN is missing.</exception>
    public RepairReport Check() => Privilege.Explain("check", _repairer.Check);

    /// <summary>
    /// Makes lost and damaged records anew from the kernel (aliases of bridges and veths, addresses, routes, limits, packet rules), then repairs.
    /// Call it before anything else when records were lost. It sets damaged ones aside as <c>.damaged</c>. It cannot restore what only the
    /// records knew: labels, address ranges and reserved addresses, host bindings, sysctls, gateway priorities, networks on adopted bridges.
    /// Rebuilt endpoints are kept ones.
    /// </summary>
    /// <exception cref="PrivilegeException">CAP_NET_ADMIN is missing.</exception>
    public RepairReport Rebuild() => Privilege.Explain("rebuilding", () => _repairer.Rebuild());

    /// <summary>
    /// Repairs now and then after every change that the kernel reports, whoever made it. Meanwhile the kernel keeps a second copy of the address
    /// translations for it (<c>table inet bridgenet_standby</c>), which <c>nft flush ruleset</c> cannot delete: established connections survive until
    /// the rules are back. The copy ends with the enumeration.
    /// </summary>
    /// <returns>What each repair found and did; only repairs that found something are returned.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="KernelException">EPERM without CAP_NET_ADMIN.</exception>
    public IAsyncEnumerable<RepairReport> WatchAsync(CancellationToken cancellation = default) =>
        new BridgeMonitor(_state, _host, _repairer, _endpoints.FollowRecords).WatchAsync(cancellation);

    /// <summary>
    /// Answers containers' questions for names at the gateways of all networks with <see cref="NetworkDefinition.Dns"/>, those of other processes
    /// too. It serves until it, or this driver, is disposed. One process at a time does that for a state directory.
    /// </summary>
    /// <exception cref="NameServiceConflictException">They are served already.</exception>
    public NameService ServeNames()
    {
        NameService names = Privilege.Explain("serving names", () => new NameService(_state, _host, _logger));
        _names = names;
        _endpoints.Changed = names.Invalidate;
        return names;
    }

    /// <summary>Whether a service of any process answers at an endpoint's name servers; true if it has none.</summary>
    public bool AreNamesServed(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return NameService.Answers(_state, endpoint);
    }

    /// <summary>The state directory (<see cref="BridgeDriverOptions.StateDirectory"/>).</summary>
    public string StateDirectory => _state.Path;

    /// <summary>Does something that may end endpoints, of which this process then holds no ports any more.</summary>
    private T Following<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        finally
        {
            _endpoints.FollowRecords();
        }
    }

    /// <summary>Closes the sockets. Endpoints whose leases are neither disposed nor kept are left to the next gc.</summary>
    public void Dispose()
    {
        _names?.Dispose();
        _announcer.Dispose();
        _endpoints.Dispose();
        _owner.Dispose();
        _host.Dispose();
        _ownNamespace?.Dispose();
        _state.Dispose();
    }

    private Network ToNetwork(NetworkState network) => new(network, _endpoints);
}
