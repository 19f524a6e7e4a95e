using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The keys of the plugin bridge.</summary>
internal sealed record BridgeOptions : IJsonShape<BridgeOptions>
{
    /// <summary>The bridge's name; without it cni0.</summary>
    public string? Bridge { get; init; }

    /// <summary>Whether the bridge has the gateway's address, and the host forwards.</summary>
    public bool? IsGateway { get; init; }

    /// <summary>Whether the container's default route is by the bridge; it has the gateway's address then too.</summary>
    public bool? IsDefaultGateway { get; init; }

    /// <summary>Whether a conflicting address of the bridge is removed.</summary>
    public bool? ForceAddress { get; init; }

    /// <summary>Whether the world outside the network sees its containers by the host's address.</summary>
    public bool? IpMasq { get; init; }

    /// <summary>Where masquerading is written: iptables (in the place and shape of iptables-nft) or nftables.</summary>
    public string? IpMasqBackend { get; init; }

    /// <summary>The largest packet, in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether a container reaches itself by way of the bridge.</summary>
    public bool? HairpinMode { get; init; }

    /// <summary>Whether the bridge is promiscuous.</summary>
    public bool? PromiscMode { get; init; }

    /// <summary>The VLAN of the container's packets.</summary>
    public int? Vlan { get; init; }

    /// <summary>VLANs that the container tags itself.</summary>
    public IReadOnlyList<VlanTrunkOptions>? VlanTrunk { get; init; }

    /// <summary>Whether the port also stays in the bridge's default VLAN.</summary>
    public bool? PreserveDefaultVlan { get; init; }

    /// <summary>Whether packets with another source MAC address than the container's are dropped.</summary>
    public bool? Macspoofchk { get; init; }

    /// <summary>Whether IPv6 addresses are checked for duplicates before they are used, which takes a second.</summary>
    public bool? Enabledad { get; init; }

    /// <summary>Whether the container's interface stays down.</summary>
    public bool? DisableContainerInterface { get; init; }

    /// <summary>Whether containers of the bridge are kept apart.</summary>
    public bool? PortIsolation { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<BridgeOptions> Serialized => CniJsonContext.Default.BridgeOptions;

    /// <inheritdoc/>
    public static BridgeOptions Read(JsonElement json) => json.Fold(new BridgeOptions(), static (options, name, value) => name switch
    {
        "bridge" => options with { Bridge = value.GetString() },
        "isgateway" => options with { IsGateway = value.Flag() },
        "isdefaultgateway" => options with { IsDefaultGateway = value.Flag() },
        "forceaddress" => options with { ForceAddress = value.Flag() },
        "ipmasq" => options with { IpMasq = value.Flag() },
        "ipmasqbackend" => options with { IpMasqBackend = value.GetString() },
        "mtu" => options with { Mtu = value.Number() },
        "hairpinmode" => options with { HairpinMode = value.Flag() },
        "promiscmode" => options with { PromiscMode = value.Flag() },
        "vlan" => options with { Vlan = value.Number() },
        "vlantrunk" => options with { VlanTrunk = value.List(VlanTrunkOptions.Read) },
        "preservedefaultvlan" => options with { PreserveDefaultVlan = value.Flag() },
        "macspoofchk" => options with { Macspoofchk = value.Flag() },
        "enabledad" => options with { Enabledad = value.Flag() },
        "disablecontainerinterface" => options with { DisableContainerInterface = value.Flag() },
        "portisolation" => options with { PortIsolation = value.Flag() },
        _ => options,
    });
}
