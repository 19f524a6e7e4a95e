using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The checked configuration of the plugin bridge.</summary>
internal sealed record BridgePlan
{
    private const int MostVlan = BridgeVlans.MaxId;

    /// <summary>The bridge.</summary>
    public required InterfaceName Bridge { get; init; }

    /// <summary>Whether the bridge has the gateways' addresses.</summary>
    public bool IsGateway { get; init; }

    /// <summary>Whether the container's default routes are by the bridge.</summary>
    public bool IsDefaultGateway { get; init; }

    /// <summary>Whether a conflicting address of the bridge is removed.</summary>
    public bool ForceAddress { get; init; }

    /// <summary>Whether the container's packets to other networks are masqueraded.</summary>
    public bool Masquerade { get; init; }

    /// <summary>How that is written.</summary>
    public required ICniLayout MasqueradeLayout { get; init; }

    /// <summary>The largest packet, in bytes; null for the kernel's choice.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether the port may send packets back to where they came from (hairpin).</summary>
    public bool Hairpin { get; init; }

    /// <summary>Whether the bridge is promiscuous.</summary>
    public bool IsPromiscuous { get; init; }

    /// <summary>Whether ports are isolated from each other.</summary>
    public bool IsIsolated { get; init; }

    /// <summary>The VLANs of the port; empty for a bridge that knows none.</summary>
    public ValueList<BridgeVlans> Vlans { get; init; }

    /// <summary>The VLAN of packets without a tag; null for none.</summary>
    public ushort? PortVlan { get; init; }

    /// <summary>Whether the port stays in VLAN 1.</summary>
    public bool KeepsDefaultVlan { get; init; }

    /// <summary>Whether packets with another source MAC address are dropped.</summary>
    public bool ChecksMac { get; init; }

    /// <summary>Whether IPv6 addresses are checked for duplicates.</summary>
    public bool DetectsDuplicates { get; init; }

    /// <summary>Whether the container's interface stays down.</summary>
    public bool StaysDown { get; init; }

    /// <summary>The container's MAC address; null for the kernel's choice.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>Whether the bridge filters by VLAN.</summary>
    public bool FiltersVlans => Vlans.Count > 0;

    /// <summary>Checks the keys.</summary>
    /// <param name="options">The keys.</param>
    /// <param name="call">The call.</param>
    /// <param name="serves">
    /// Which defaults missing keys have: true for gateway, default route, masquerading and hairpin, false for the reference's.
    /// </param>
    /// <exception cref="CniException">7: a value is wrong.</exception>
    public static BridgePlan From(BridgeOptions options, CniCall call, bool serves = false)
    {
        string name = string.IsNullOrEmpty(options.Bridge) ? "cni0" : options.Bridge;
        bool isPromiscuous = options.PromiscMode ?? false;
        bool isDefaultGateway = options.IsDefaultGateway ?? (serves && options.IsGateway is not false);
        Check(!(isPromiscuous && options.HairpinMode is true), "cannot set hairpin mode and promiscuous mode at the same time");
        Check(
            options.DisableContainerInterface is not true || string.IsNullOrEmpty(call.Configuration.IpamType),
            "disableContainerInterface: an interface that stays down can have no addresses: leave ipam out");
        Check(options.Mtu is null or >= 0 and <= 65535, $"mtu: {options.Mtu} is not in 68 to 65535");
        ushort? vlan = options.Vlan is null or 0 ? null : VlanOf("vlan", options.Vlan);
        BridgeVlans[] trunk = [.. (options.VlanTrunk ?? []).Select(TrunkOf)];
        return new BridgePlan
        {
            Bridge = InterfaceName.TryParse(name, null, out InterfaceName bridge)
                ? bridge
                : throw Wrong($"bridge: '{name}' is no name of an interface"),
            IsGateway = isDefaultGateway || (options.IsGateway ?? false),
            IsDefaultGateway = isDefaultGateway,
            ForceAddress = options.ForceAddress ?? false,
            Masquerade = options.IpMasq ?? serves,
            MasqueradeLayout = LayoutOf(options.IpMasqBackend, serves),
            Mtu = options.Mtu is 0 ? null : options.Mtu,
            Hairpin = options.HairpinMode ?? (serves && !isPromiscuous),
            IsPromiscuous = isPromiscuous,
            IsIsolated = options.PortIsolation ?? false,
            Vlans = vlan is { } untagged ? [new BridgeVlans(untagged, untagged) { IsPortVlan = true, IsUntagged = true }, .. trunk] : [.. trunk],
            PortVlan = vlan,
            KeepsDefaultVlan = options.PreserveDefaultVlan ?? (vlan is null),
            ChecksMac = options.Macspoofchk ?? false,
            DetectsDuplicates = options.Enabledad ?? false,
            StaysDown = options.DisableContainerInterface ?? false,
            MacAddress = MacOf(call),
        };
    }

    private static ICniLayout LayoutOf(string? backend, bool serves) => string.IsNullOrEmpty(backend)
        ? serves ? CniLayouts.Nftables : CniLayouts.Iptables
        : CniLayouts.Named(backend) ?? throw Wrong($"unknown ipMasqBackend {backend}: it is iptables or nftables");

    private static MacAddress? MacOf(CniCall call)
    {
        string? text = new[]
        {
            call.Configuration.RuntimeConfig?.Mac, call.Configuration.Args?.Cni?.Mac, call.Environment.Arguments.GetValueOrDefault("MAC"),
        }.FirstOrDefault(candidate => !string.IsNullOrEmpty(candidate));
        return text is null ? null
            : BridgeNet.Netlink.MacAddress.TryParse(text.Replace('-', ':'), null, out MacAddress mac) && mac.IsUnicast ? mac
            : throw Wrong($"mac: '{text}' is no Ethernet address that an interface may have");
    }

    private static BridgeVlans TrunkOf(VlanTrunkOptions options)
    {
        if (options.Id is not null)
        {
            ushort id = VlanOf("vlanTrunk.id", options.Id);
            return new BridgeVlans(id, id);
        }
        Check(options.MinID is not null && options.MaxID is not null, "vlanTrunk: minID and maxID should be configured simultaneously");
        ushort first = VlanOf("vlanTrunk.minID", options.MinID);
        ushort last = VlanOf("vlanTrunk.maxID", options.MaxID);
        Check(first <= last, $"vlanTrunk: minID {first} is greater than maxID {last}");
        return new BridgeVlans(first, last);
    }

    private static ushort VlanOf(string key, int? id) =>
        id is >= 1 and <= MostVlan ? (ushort)id.Value : throw Wrong($"{key}: {id} is not in 1 to {MostVlan}");

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw Wrong(otherwise);
        }
    }

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidConfiguration, message);
}
