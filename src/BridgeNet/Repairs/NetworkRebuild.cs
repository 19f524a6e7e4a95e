using System.Net.Sockets;

using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Networks;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>
/// Makes lost and damaged records of networks anew from the kernel: the bridge's alias and addresses, and the packet rules. What the kernel
/// does not know gets its default: labels, ranges, reserved addresses, other next hops, host binding, announcements, interface prefix.
/// </summary>
internal sealed class NetworkRebuild(StateDirectory state)
{
    private const int UsualMtu = 1500;

    /// <summary>Rebuilds everything possible.</summary>
    public void Rebuild(HostLane lane, RecalledRules rules, RepairFindings findings)
    {
        using HeldLock alone = state.Locks.Acquire(NetworkLifecycle.LockName);
        IReadOnlySet<string> open = ForeignForwardPass.ListOpen(lane.Netfilter);
        foreach (Link bridge in lane.Route.ListLinks().Where(link => link.Kind is BridgeKind))
        {
            if (KernelAlias.Read(bridge.Alias) is not { } owner)
            {
                continue;
            }
            bool isDamaged = state.Networks.DamageOf(owner.Name) is { IsDamaged: true };
            if (!isDamaged && state.Networks.Exists(owner.Name))
            {
                continue;
            }
            if (isDamaged)
            {
                state.Networks.SetAside(owner.Name);
            }
            InterfaceAddress[] addresses =
            [
                .. lane.Route.ListAddresses(bridge.Index)
                    .Select(address => address.Address)
                    .Where(address => !address.Address.IsIPv6LinkLocal),
            ];
            NetworkState record = Describe(owner.Id, owner.Name, bridge, addresses, rules, open);
            state.Networks.WriteIntent(owner.Name, record);
            state.Networks.Commit(owner.Name);
            findings.Restored(record, [$"its record was {(isDamaged ? "damaged" : "lost")}, and is made anew from {bridge.Name}"]);
        }
    }

    private static NetworkState Describe(
        string id, string name, Link bridge, InterfaceAddress[] addresses, RecalledRules rules, IReadOnlySet<string> open)
    {
        NetworkDefinition recalled = rules.NetworkOf(bridge.Name, addresses.Select(address => address.Subnet));
        bool isDocker0 = string.Equals(name, NetworkDefinition.Docker0.Name, StringComparison.Ordinal);
        NetworkDefinition definition = recalled with
        {
            Name = name,
            Subnets = ValueList.From(recalled.Subnets.Select(subnet => subnet with { Gateway = GatewayOf(subnet) })),
            IPv4 = recalled.Subnets.Any(subnet => subnet.Family is AddressFamily.InterNetwork),
            IPv6 = recalled.Subnets.Any(subnet => subnet.Family is AddressFamily.InterNetworkV6),
            IPv4Mode = ModeOf(AddressFamily.InterNetwork),
            IPv6Mode = ModeOf(AddressFamily.InterNetworkV6),
            AllowForeignForward = open.Contains(id),
            Mtu = bridge.Mtu is UsualMtu && !isDocker0 ? null : bridge.Mtu,
        };
        return new NetworkState { Id = id, Definition = definition };

        System.Net.IPAddress? GatewayOf(SubnetDefinition subnet) =>
            Array.Find(addresses, address => address.Subnet.Equals(subnet.Subnet))?.Address;

        // An internal network's bridge has an address, unless it is to be isolated from the host too.
        GatewayMode ModeOf(AddressFamily family) =>
            recalled.Internal
            && recalled.Subnets.Any(subnet => subnet.Family == family)
            && !Array.Exists(addresses, address => address.Address.AddressFamily == family)
                ? GatewayMode.Isolated
                : recalled.ModeOf(family);
    }
}
