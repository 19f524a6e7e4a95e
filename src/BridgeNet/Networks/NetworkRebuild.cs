using System.Net.Sockets;

using BridgeNet.Endpoints;
using BridgeNet.Firewall;
using BridgeNet.Host;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Repairs;
using BridgeNet.State;

namespace BridgeNet.Networks;

/// <summary>
/// Makes lost and damaged records of networks anew from what the kernel knows: the bridge's alias and addresses, and the packet rules. What it does not
/// know is as if nobody had asked for it: labels, ranges, reserved addresses, other next hops, host binding, announcements, interface prefix.
/// </summary>
internal sealed class NetworkRebuild(StateDirectory state)
{
    private const int UsualMtu = 1500;

    /// <summary>Rebuilds all that can be.</summary>
    public void Rebuild(HostLane lane, RecalledRules rules, RepairFindings findings)
    {
        using HeldLock alone = state.Locks.Acquire(NetworkLifecycle.LockName);
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
            InterfaceAddress[] addresses = [.. lane.Route.ListAddresses(bridge.Index).Select(address => address.Address).Where(address => !address.Address.IsIPv6LinkLocal)];
            state.Networks.WriteIntent(owner.Name, Describe(owner.Id, owner.Name, bridge, addresses, rules));
            state.Networks.Commit(owner.Name);
            findings.Restored($"network {owner.Name}", [$"its record was {(isDamaged ? "damaged" : "lost")}, and is made anew from {bridge.Name}"]);
        }
    }

    private static NetworkRecord Describe(string id, string name, Link bridge, InterfaceAddress[] addresses, RecalledRules rules)
    {
        ProtectedNetwork network = rules.NetworkOf(bridge.Name, addresses.Select(address => address.Subnet));
        return new NetworkRecord
        {
            Name = name,
            Id = id,
            Device = bridge.Name.ToString(),
            Subnets =
            [
                .. from subnet in network.Subnets
                   select new SubnetRecord
                   {
                       Subnet = subnet.ToString(),
                       Gateway = addresses.Where(address => address.Subnet.Equals(subnet)).Select(address => address.Address.ToString()).FirstOrDefault(),
                   },
            ],
            IPv4 = network.Subnets.Any(subnet => subnet.BaseAddress.AddressFamily is AddressFamily.InterNetwork),
            IPv6 = network.Subnets.Any(subnet => subnet.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6),
            Internal = network.IsInternal,
            Quiet = network.IsQuiet,
            NoMasquerade = !network.IsMasqueraded,
            IPv4Mode = ModeOf(AddressFamily.InterNetwork),
            IPv6Mode = ModeOf(AddressFamily.InterNetworkV6),
            IPv4Source = network.IPv4Source?.ToString(),
            IPv6Source = network.IPv6Source?.ToString(),
            TrustedInterfaces = network.TrustedInterfaces.Count == 0 ? null : [.. network.TrustedInterfaces.Select(trusted => trusted.ToString())],
            Mtu = bridge.Mtu is UsualMtu && !string.Equals(name, NetworkDefinition.Docker0.Name, StringComparison.Ordinal) ? null : bridge.Mtu,
        };

        // An internal network's bridge has an address, unless it is to be isolated from the host too.
        string ModeOf(AddressFamily family) => NetworkRecordView.NameOf(
            network.IsInternal && network.Subnets.Any(subnet => subnet.BaseAddress.AddressFamily == family) && !addresses.Any(address => address.Address.AddressFamily == family)
                ? GatewayMode.Isolated
                : family is AddressFamily.InterNetwork ? network.IPv4Mode : network.IPv6Mode);
    }
}
