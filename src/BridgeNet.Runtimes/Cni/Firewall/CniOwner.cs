using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The owner of rules and elements: an attachment of a container to a network.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="ContainerId">The container.</param>
/// <param name="InterfaceName">Its interface.</param>
internal sealed record CniOwner(string Network, string ContainerId, string InterfaceName)
{
    /// <summary>The note on the owner's rules and elements: network, container and interface; network and a hash if that is too long.</summary>
    public string Tag
    {
        get
        {
            string tag = $"{Network} {ContainerId} {InterfaceName}"; // all ASCII: the protocol allows nothing else
            return tag.Length <= NftUserData.MaxCommentBytes
                ? tag
                : $"{PrefixOf(Network)}#{Sha2.Digits256(tag)}";
        }
    }

    /// <summary>The prefix of a network's notes.</summary>
    public static string PrefixOf(string network) => $"{(network.Length > 60 ? network[..60] : network)} ";

    /// <summary>Whether a note belongs to a network but to none of these attachments.</summary>
    public static bool IsGarbage(string? tag, string network, IEnumerable<CniOwner> valid) =>
        tag is not null
        && tag.StartsWith(PrefixOf(network), StringComparison.Ordinal)
        && !valid.Any(owner => string.Equals(owner.Tag, tag, StringComparison.Ordinal));
}
