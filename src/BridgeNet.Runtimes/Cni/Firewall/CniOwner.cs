using System.Text;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The owner of rules and elements: an attachment of a container to a network.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="ContainerId">The container.</param>
/// <param name="InterfaceName">Its interface.</param>
internal sealed record CniOwner(string Network, string ContainerId, string InterfaceName)
{
    /// <summary>What stands before the hash of a name. No name begins with it.</summary>
    private const char HashMark = '#';

    private const int HashDigits = 32;

    /// <summary>
    /// The note on the owner's rules and elements: network, container and interface. If that is too long, each of them is hashed by itself, so that a
    /// note tells its network and its container all the same.
    /// </summary>
    public string Tag => Note(NftUserData.MaxCommentBytes, string.Empty, Network, ContainerId, InterfaceName);

    /// <summary>Whether a note is one of a network's.</summary>
    public static bool IsOfNetwork(string tag, string network) => tag.Split(' ') is [{ } word, _, _] && IsWordFor(word, network);

    /// <summary>Whether a note belongs to a network but to none of these attachments.</summary>
    public static bool IsGarbage(string? tag, string network, IEnumerable<CniOwner> valid) =>
        tag is not null && IsOfNetwork(tag, network) && !valid.Any(owner => string.Equals(owner.Tag, tag, StringComparison.Ordinal));

    /// <summary>Whether a note is one of a container's, in any network.</summary>
    public static bool IsOfContainer(string tag, string containerId) => tag.Split(' ') is [_, { } word, _] && IsWordFor(word, containerId);

    /// <summary>A note of at most so many bytes, all of them ASCII. Names have no spaces; an interface's may have letters outside ASCII.</summary>
    /// <param name="most">The most bytes; 90 and the length of the prefix are enough for all names.</param>
    /// <param name="prefix">What it begins with.</param>
    /// <param name="words">The names; the hash takes the place of one that is longer than itself.</param>
    public static string Note(int most, string prefix, params string[] words)
    {
        string note = prefix + string.Join(' ', words);
        return note.Length <= most && Ascii.IsValid(note) ? note : prefix + string.Join(' ', words.Select(Short));
    }

    /// <summary>Whether a word of a note stands for a name.</summary>
    public static bool IsWordFor(string word, string name) =>
        string.Equals(word, name, StringComparison.Ordinal)
        || (word.StartsWith(HashMark) && string.Equals(word, Short(name), StringComparison.Ordinal));

    private static string Short(string name) => name.Length <= HashDigits && Ascii.IsValid(name)
        ? name
        : $"{HashMark}{Sha2.Digits256(name).AsSpan(0, HashDigits)}";
}
