using System.Text.RegularExpressions;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The reference plugins' names of containers' chains, and their comments.</summary>
internal static partial class ReferenceChain
{
    /// <summary>The maximum length of a chain's name in iptables.</summary>
    private const int NameLength = 28;

    /// <summary>A comment of iptables has 255 bytes, of which "dnat " takes five.</summary>
    private const int MostLetters = 250;

    /// <summary>The chain whose rules jump to those with published ports.</summary>
    public const string PortsEntrance = "CNI-HOSTPORT-DNAT";

    /// <summary>The prefix of chains with published ports.</summary>
    public const string DestinationNatPrefix = "CNI-DN-";

    /// <summary>A container's masquerading chain.</summary>
    public static string Masquerade(string network, string containerId) => Name("CNI-", network, containerId);

    /// <summary>A container's chain of published ports.</summary>
    public static string DestinationNat(string network, string containerId) => Name(DestinationNatPrefix, network, containerId);

    /// <summary>The comment of masquerading rules; with a word before it, of those of ports.</summary>
    /// <exception cref="CniException">7: a comment of iptables cannot hold it.</exception>
    public static string CommentOf(string network, string containerId)
    {
        string comment = $"name: \"{network}\" id: \"{containerId}\"";
        return comment.Length <= MostLetters ? comment : throw new CniException(
            CniErrorCode.InvalidConfiguration,
            $"a comment of iptables cannot hold the network's name and the container's together, {network.Length + containerId.Length} letters: "
                + "name a shorter network, or choose the backend nftables");
    }

    /// <summary>The container of a network that a comment names; null if there is none.</summary>
    public static string? ContainerOf(string? comment, string network) =>
        comment is not null
        && Owner().Match(comment) is { Success: true } match
        && string.Equals(match.Groups["network"].Value, network, StringComparison.Ordinal)
            ? match.Groups["container"].Value
            : null;

    /// <summary>Whether a comment names a container, in any network.</summary>
    public static bool IsOf(string? comment, string containerId) =>
        comment is not null
        && Owner().Match(comment) is { Success: true } match
        && string.Equals(match.Groups["container"].Value, containerId, StringComparison.Ordinal);

    /// <summary>Describes the network and container of a comment for people.</summary>
    public static string Describe(string? comment) =>
        comment is not null && Owner().Match(comment) is { Success: true } match
            ? $"container {match.Groups["container"].Value} of network {match.Groups["network"].Value}"
            : "another container";

    private static string Name(string prefix, string network, string containerId) =>
        string.Concat(prefix, Sha2.Digits512(network + containerId).AsSpan(0, NameLength - prefix.Length));

    [GeneratedRegex("name: \"(?<network>[^\"]*)\" id: \"(?<container>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Owner();
}
