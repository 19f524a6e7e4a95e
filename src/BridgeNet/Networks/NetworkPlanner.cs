using System.Net;
using System.Net.Sockets;

using BridgeNet.Addressing;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.State;

using Microsoft.Extensions.Logging;

namespace BridgeNet.Networks;

/// <summary>Chooses what a definition leaves open: the device's name, subnets, gateways, the MTU.</summary>
internal sealed partial class NetworkPlanner(StateDirectory state, ILogger logger)
{
    private static readonly AddressFamily[] s_families = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];

    /// <summary>Completes a definition and checks it against our networks and the host.</summary>
    /// <exception cref="NetworkConflictException">Another network has the device or a subnet, or no subnet is free.</exception>
    public NetworkDefinition Plan(RouteSocket route, NetworkDefinition asked, string id)
    {
        NetworkState[] known =
        [
            .. from network in state.Networks.All()
               where !string.Equals(network.Record.Name, asked.Name, StringComparison.Ordinal)
               select network.Record,
        ];
        if (Array.Find(known, network => string.Equals(network.Id, asked.Name, StringComparison.Ordinal)) is { } sameId)
        {
            throw new NetworkConflictException(asked.Name, $"it is the id of network {sameId.Name}: choose another name");
        }
        NetworkDefinition[] others = [.. known.Select(network => network.Definition)];
        InterfaceName device = asked.Device ?? InterfaceName.Parse($"br-{id}");
        if (Array.Find(others, other => other.Device == device) is { } sameDevice)
        {
            throw new NetworkConflictException(asked.Name, $"network {sameDevice.Name} has the device {device}: name another one");
        }
        CheckSiblings(asked, others);
        NetworkDefinition planned = asked with
        {
            Device = device,
            IPv6 = asked.Has(AddressFamily.InterNetworkV6),
            Labels = ValueList.From(asked.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)),
            Dns = asked.Dns ?? !(asked.IsDefault || asked.Adopt), // an adopted bridge may have a name server already
            Mtu = asked.MtuFollowsHost ? HostEgress.Find(route)?.Mtu : asked.Mtu,
            Subnets = ValueList.From(ChooseSubnets(route, asked, others).Select(subnet => NetworkFilling.WithGateway(asked, subnet))),
        };
        return planned.Dns is not true || planned.Subnets.Any(planned.HasNames)
            ? planned
            : asked.Dns is true
            ? throw new ConfigurationException(
                nameof(NetworkDefinition.Dns), "the bridge has no address that could be asked for names: leave it out, or give the network a gateway")
            : planned with { Dns = false };
    }

    /// <summary>A subnet that nobody on the host has; null if there is none left.</summary>
    /// <param name="route">A socket in the host's namespace.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="prefixLength">Its size; null for the usual one.</param>
    /// <param name="except">What is taken besides.</param>
    public IPNetwork? FindFree(RouteSocket route, AddressFamily family, int? prefixLength, IEnumerable<IPNetwork> except) =>
        SubnetPools.ForHost(HostId.Read()).Choose(family, [.. OccupiedBy(route, Definitions(), own: null), .. except], prefixLength);

    private NetworkDefinition[] Definitions() => [.. state.Networks.All().Select(network => network.Record.Definition)];

    private static void CheckSiblings(NetworkDefinition asked, NetworkDefinition[] others)
    {
        foreach (SubnetDefinition subnet in asked.Subnets.Where(subnet => subnet.Size is null))
        {
            foreach (NetworkDefinition other in others)
            {
                if (other.Subnets.FirstOrDefault(theirs => SubnetPools.Overlaps(theirs.Subnet, subnet.Subnet)) is { } taken)
                {
                    throw new NetworkConflictException(asked.Name, $"network {other.Name} has the subnet {taken.Subnet}: choose another one");
                }
            }
        }
    }

    private List<SubnetDefinition> ChooseSubnets(RouteSocket route, NetworkDefinition asked, NetworkDefinition[] others)
    {
        List<SubnetDefinition> chosen = [];
        List<IPNetwork>? occupied = null;
        foreach (AddressFamily family in s_families.Where(asked.Has))
        {
            SubnetDefinition[] named = [.. asked.Subnets.Where(subnet => subnet.Family == family)];
            if (named.Length == 0)
            {
                IPAddress any = family is AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
                named = [new SubnetDefinition { Subnet = new IPNetwork(any, 0) }];
            }
            foreach (SubnetDefinition subnet in named)
            {
                if (subnet.Size is null && subnet.Subnet.PrefixLength > 0)
                {
                    WarnOfRoutes(route, asked, subnet.Subnet);
                    chosen.Add(subnet);
                    continue;
                }
                occupied ??= OccupiedBy(route, [.. others, asked], FindOwn(route, asked));
                IPNetwork free = SubnetPools.ForHost(HostId.Read()).Choose(family, occupied, subnet.Size)
                    ?? throw new NetworkConflictException(
                        asked.Name,
                        "every subnet of the usual pools is taken, by a network or by a route of the host: name one (NetworkDefinition.Subnets)");
                occupied.Add(free);
                chosen.Add(subnet with { Subnet = free });
            }
        }
        return chosen;
    }

    /// <summary>Warns of a named subnet that cuts off routes of the host. The caller may choose it all the same.</summary>
    private void WarnOfRoutes(RouteSocket route, NetworkDefinition asked, IPNetwork subnet)
    {
        Link? own = asked.Device is { } device ? route.TryGetLink(LinkSelector.ByName(device)) : null;
        foreach (IPRoute other in route.ListRoutes(subnet.BaseAddress.AddressFamily))
        {
            if (!other.IsDefault && (own is null || other.OutputInterface != own.Index) && SubnetPools.Overlaps(other.Destination, subnet))
            {
                LogOverlap(asked.Name, other.Destination, subnet);
                return;
            }
        }
    }

    /// <summary>What the host and the networks have. The default network's subnet waits for it.</summary>
    /// <param name="route">A socket in the host's namespace.</param>
    /// <param name="networks">All networks.</param>
    /// <param name="own">The link whose addresses and routes do not count; null for none.</param>
    private static List<IPNetwork> OccupiedBy(RouteSocket route, IReadOnlyCollection<NetworkDefinition> networks, int? own)
    {
        IEnumerable<IPNetwork> named = networks
            .SelectMany(network => network.Subnets)
            .Where(subnet => subnet.Size is null)
            .Select(subnet => subnet.Subnet);
        return
        [
            .. OccupiedSubnets.List(route, named, own),
            .. networks.Any(network => network.IsDefault) ? [] : new[] { SubnetPools.OfDefaultNetwork },
        ];
    }

    /// <summary>The bridge that the default network adopts, which may have its subnet already.</summary>
    private static int? FindOwn(RouteSocket route, NetworkDefinition asked) =>
        asked.IsDefault && asked is { Adopt: true, Device: { } device } ? route.TryGetIndex(device) : null;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "network {Network}: the host has a route to {Destination}, which {Subnet} overlaps: what is there can no longer be reached")]
    private partial void LogOverlap(string network, IPNetwork destination, IPNetwork subnet);
}
