using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The keys of the plugin firewall.</summary>
internal sealed record FirewallOptions : IJsonShape<FirewallOptions>
{
    /// <summary>iptables (in the place and shape of iptables-nft), nftables, or firewalld.</summary>
    public string? Backend { get; init; }

    /// <summary>The chain of iptables that administrators fill; without it CNI-ADMIN.</summary>
    public string? IptablesAdminChainName { get; init; }

    /// <summary>open, same-bridge or isolated; without it open.</summary>
    public string? IngressPolicy { get; init; }

    /// <inheritdoc/>
    public static JsonTypeInfo<FirewallOptions> Serialized => CniJsonContext.Default.FirewallOptions;

    /// <inheritdoc/>
    public static FirewallOptions Read(JsonElement json) => json.Fold(new FirewallOptions(), static (options, name, value) => name switch
    {
        "backend" => options with { Backend = value.GetString() },
        "iptablesadminchainname" => options with { IptablesAdminChainName = value.GetString() },
        "ingresspolicy" => options with { IngressPolicy = value.GetString() },
        _ => options,
    });

    /// <summary>The layout that is meant.</summary>
    /// <exception cref="CniException">7: there is no such backend.</exception>
    public ICniLayout LayoutOr(ICniLayout unsaid) => string.IsNullOrEmpty(Backend)
        ? unsaid
        : CniLayouts.Named(Backend) ?? throw Wrong(Backend is "firewalld"
            ? "backend firewalld is not there: leave the key out, and containers pass firewalld's chain by rules of their own"
            : $"unrecognized firewall backend {Backend}: it is iptables or nftables");

    /// <summary>The addresses to let through; null for none.</summary>
    /// <exception cref="CniException">7: a value is wrong.</exception>
    public ForwardRequest? RequestOf(CniCall call)
    {
        IngressPolicy policy = IngressPolicy switch
        {
            null or "" or "open" => Firewall.IngressPolicy.Open,
            "same-bridge" => Firewall.IngressPolicy.SameBridge,
            "isolated" => Firewall.IngressPolicy.Isolated,
            _ => throw Wrong($"unknown ingressPolicy \"{IngressPolicy}\": it is open, same-bridge or isolated"),
        };
        if (call.Previous is not { Addresses.Count: > 0 } told)
        {
            return null;
        }
        return new ForwardRequest
        {
            Containers = [.. told.Addresses.Select(address => address.Address)],
            AdminChain = string.IsNullOrEmpty(IptablesAdminChainName) ? "CNI-ADMIN" : IptablesAdminChainName,
            Policy = policy,
            Bridge = policy is Firewall.IngressPolicy.Open ? default : BridgeOf(told),
        };
    }

    /// <summary>The first interface of the host in the result: the plugin bridge lists its bridge first.</summary>
    private static InterfaceName BridgeOf(CniResult told) =>
        told.Interfaces.FirstOrDefault(link => link.Sandbox is null) is { } bridge
            && InterfaceName.TryParse(bridge.Name, null, out InterfaceName name)
            ? name
            : throw Wrong("ingressPolicy needs a bridge, and prevResult tells of none");

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidConfiguration, $"firewall: {message}");
}
