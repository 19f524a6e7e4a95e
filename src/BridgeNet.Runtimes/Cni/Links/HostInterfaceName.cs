using System.IO.Hashing;
using System.Text;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// The name of the host's end of a container's veth. It is computed from the attachment, so that DEL finds the link without any record.
/// </summary>
internal static class HostInterfaceName
{
    /// <summary>The prefix of the alias by which the host's end names its owner.</summary>
    private const string AliasPrefix = "cni ";

    /// <summary>veth and eleven digits of a hash.</summary>
    public static InterfaceName Of(string containerId, string interfaceName)
    {
        string digits = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes($"{containerId}\n{interfaceName}")));
        return InterfaceName.Parse($"veth{digits.AsSpan(0, 11)}");
    }

    /// <summary>Its alias: interface, container and network. An alias that is too long is cut.</summary>
    public static string AliasOf(string network, string containerId, string interfaceName) =>
        Cut($"{AliasPrefix}{interfaceName} {containerId} {network}");

    /// <summary>Whether an alias is one of a network's.</summary>
    public static bool IsOfNetwork(string? alias, string network) => alias is not null && alias.StartsWith(AliasPrefix, StringComparison.Ordinal)
        && alias.Split(' ') is [_, string link, string container, ..]
        && string.Equals(alias, AliasOf(network, container, link), StringComparison.Ordinal);

    /// <summary>Container and interface of an alias.</summary>
    public static (string ContainerId, string InterfaceName) OwnerOf(string alias) =>
        alias.Split(' ') is [_, string link, string container, ..] ? (container, link) : default;

    private static string Cut(string text) => text.Length <= 255 ? text : text[..255];
}
