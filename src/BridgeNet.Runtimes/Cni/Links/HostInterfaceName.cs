using System.IO.Hashing;
using System.Text;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// The name of the host's end of a container's veth. It is computed from the attachment, so that DEL finds the link without any record.
/// </summary>
internal static class HostInterfaceName
{
    /// <summary>The prefix of the alias by which the host's end names its owner.</summary>
    private const string AliasPrefix = "cni ";

    private const int MostAliasBytes = 255;

    /// <summary>veth and eleven digits of a hash.</summary>
    public static InterfaceName Of(string containerId, string interfaceName)
    {
        string digits = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes($"{containerId}\n{interfaceName}")));
        return InterfaceName.Parse($"veth{digits.AsSpan(0, 11)}");
    }

    /// <summary>Its alias: interface, container and network. Names are hashed if it were too long.</summary>
    public static string AliasOf(string network, string containerId, string interfaceName) =>
        CniOwner.Note(MostAliasBytes, AliasPrefix, interfaceName, containerId, network);

    /// <summary>Whether an alias is one of a network's.</summary>
    public static bool IsOfNetwork(string? alias, string network) => alias is not null && alias.StartsWith(AliasPrefix, StringComparison.Ordinal)
        && alias[AliasPrefix.Length..].Split(' ') is [_, _, { } word] && CniOwner.IsWordFor(word, network);
}
