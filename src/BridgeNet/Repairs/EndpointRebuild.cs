using System.Globalization;
using System.Net;

using BridgeNet.Endpoints;
using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Shaping;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>
/// Makes lost and damaged records of endpoints anew from the kernel: the veth's alias, its peer inside the container, and the packet rules.
/// What the kernel does not know gets its default: gateway priority, sysctls, and the process that would end it.
/// </summary>
internal sealed class EndpointRebuild(StateDirectory state)
{
    private readonly EndpointReservation _reservation = new(state);

    /// <summary>Rebuilds everything possible.</summary>
    public void Rebuild(HostLane lane, RecalledRules rules, RepairFindings findings)
    {
        IReadOnlyList<Link> links = lane.Route.ListLinks();
        Dictionary<int, InterfaceName> devices = links.Where(link => link.Kind is BridgeKind).ToDictionary(link => link.Index, link => link.Name);
        Dictionary<InterfaceName, NetworkState> networks = state.Networks.All()
            .Where(network => network.Phase is RecordPhase.Done)
            .ToDictionary(network => network.Record.Device, network => network.Record);
        foreach (Link veth in links.Where(link => link.Kind is VethKind))
        {
            (string Id, string Name)? alias = KernelAlias.Read(veth.Alias);
            if ((alias?.Id ?? rules.OwnerOf(veth.Name)) is not { } id || !EndpointId.IsValid(id)
                || (alias is null && !LinkNames.OfVeth(id).Equals(veth.Name)))
            {
                continue;
            }
            using HeldLock alone = state.Locks.Acquire(id);
            bool isDamaged = state.Endpoints.DamageOf(id) is { IsDamaged: true };
            if (!isDamaged && state.Endpoints.Exists(id))
            {
                continue;
            }
            string name = alias?.Name ?? id;
            if (veth.Master is not { } master
                || !devices.TryGetValue(master, out InterfaceName device)
                || !networks.TryGetValue(device, out NetworkState? network))
            {
                findings.BeyondUnrecorded(
                    name,
                    $"no network has the bridge of {veth.Name}: make the network again "
                    + "(BridgeDriver.EnsureNetwork, with NetworkDefinition.Adopt if its bridge was adopted), then rebuild");
            }
            else if (Describe(lane, rules, veth, id, name, network) is not { } record)
            {
                findings.BeyondUnrecorded(
                    name,
                    $"no path leads to the namespace of {veth.Name}'s other end: name it (/run/netns) and rebuild, or delete the link");
            }
            else
            {
                Write(record, isDamaged);
                findings.Restored(record, $"its record was {(isDamaged ? "damaged" : "lost")}, and is made anew from {veth.Name}");
                continue;
            }
            if (!isDamaged)
            {
                state.Locks.Remove(id);
            }
        }
    }

    /// <summary>Takes the claims of all records again that were lost, so that nobody else gets what they have.</summary>
    public void Reclaim(RepairFindings findings)
    {
        foreach ((string id, _) in state.Endpoints.List())
        {
            using HeldLock alone = state.Locks.Acquire(id);
            if (state.Endpoints.DamageOf(id) is not null || state.FindMade(id) is not { } endpoint)
            {
                continue;
            }
            foreach ((string thing, string? owner) in _reservation.TakeAgain(endpoint))
            {
                if (owner is null)
                {
                    findings.Restored(endpoint, $"its claim on {thing} was lost");
                }
                else
                {
                    findings.Beyond(endpoint, $"endpoint {owner} has {thing} too: detach one of them");
                }
            }
        }
    }

    private void Write(EndpointState record, bool isDamaged)
    {
        if (isDamaged)
        {
            state.Endpoints.SetAside(record.Id);
        }
        _ = _reservation.TakeAgain(record);
        state.Endpoints.WriteIntent(record.Id, record);
        state.Endpoints.Commit(record.Id);
    }

    private EndpointState? Describe(HostLane lane, RecalledRules rules, Link veth, string id, string name, NetworkState network)
    {
        foreach (string path in Namespaces())
        {
            NetworkNamespace? sandbox = null;
            try
            {
                sandbox = NetworkNamespace.Open(path);
                using RouteSocket inside = sandbox.OpenRoute();
                if (inside.ListLinks().FirstOrDefault(link => IsPeer(link, veth)) is { } own && IsItsOwn(lane, veth, sandbox))
                {
                    return Describe(lane, rules, veth, id, name, network, sandbox, inside, own);
                }
            }
            catch (BridgeNetException)
            {
                // the process ended meanwhile, or this is no namespace
            }
            finally
            {
                sandbox?.Dispose();
            }
        }
        return null;
    }

    private EndpointState Describe(
        HostLane lane, RecalledRules rules, Link veth, string id, string name,
        NetworkState network, NetworkNamespace sandbox, RouteSocket inside, Link own)
    {
        IPNetwork[] subnets = [.. network.Definition.Subnets.Select(subnet => subnet.Subnet)];
        ILookup<bool, InterfaceAddress> addresses = inside.ListAddresses(own.Index)
            .Select(listed => listed.Address)
            .ToLookup(address => Array.Exists(subnets, subnet => subnet.Contains(address.Address)));
        IPRoute[] routes =
        [
            .. inside.ListRoutes().Where(route => route.OutputInterface == own.Index && route is { Table: IPRoute.MainTable, Type: RouteType.Unicast }
                && route.Protocol is not (RouteProtocol.Kernel or RouteProtocol.RouterAdvertisement)),
        ];
        bool isPrepared = KernelAlias.IsPrepared(veth.Alias);
        bool isFree = state.Names.OwnerOf(name) is not { } holder || string.Equals(holder, id, StringComparison.Ordinal);
        return new EndpointState
        {
            Id = id,
            Name = isFree ? name : id,
            NameServers = network.NameServersOf([.. addresses[true]]),
            Network = network.Name,
            SandboxPath = isPrepared ? "" : sandbox.Path,
            SandboxIdentity = isPrepared ? default : sandbox.Identity,
            SandboxCookie = isPrepared ? null : (long?)inside.NamespaceCookie,
            InterfaceName = isPrepared ? LinkNames.OfPrepared(id) : own.Name,
            HostInterface = LinkNames.OfVeth(id),
            MacAddress = own.MacAddress ?? throw new NetlinkFormatException($"link {own.Name}: IFLA_ADDRESS is missing"),
            Addresses = ValueList.From(addresses[true]),
            LinkLocalAddresses = ValueList.From(addresses[false]),
            Gateways = ValueList.From(routes.Where(route => route is { IsDefault: true, Gateway: not null }).Select(route => route.Gateway!)),
            Routes = ValueList.From(routes.Where(route => !route.IsDefault).Select(route => new StaticRoute(route.Destination, route.Gateway))),
            AntiSpoofing = rules.OwnerOf(LinkNames.OfVeth(id)) is not null,
            Ports = ValueList.From(rules.PortsOf(id, [.. addresses[true].Select(address => address.Address)])),
            Bandwidth = TrafficShaper.Read(lane.Route, veth, LinkNames.OfShaper(id)),
        };
    }

    private static bool IsPeer(Link link, Link veth) =>
        link.Kind is VethKind && link.Index == veth.PeerIndex && link.PeerIndex == veth.Index && link.PeerNamespaceId is not null;

    /// <summary>Two namespaces may number their links alike. The right one has the id by which the host knows the peer's namespace.</summary>
    private static bool IsItsOwn(HostLane lane, Link veth, NetworkNamespace sandbox) =>
        lane.Route.TryGetNamespaceId(sandbox.Descriptor) == veth.PeerNamespaceId;

    /// <summary>The paths of all namespaces: named ones first, then those of processes.</summary>
    private static IEnumerable<string> Namespaces()
    {
        if (Directory.Exists(NetworkNamespace.NamedDirectory))
        {
            foreach (string path in Directory.EnumerateFiles(NetworkNamespace.NamedDirectory))
            {
                yield return path;
            }
        }
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                yield return $"{process}/ns/net";
            }
        }
    }
}
