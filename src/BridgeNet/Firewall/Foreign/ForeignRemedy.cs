using System.Buffers;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>What to type so that somebody else's rules let a bridge's packets through, in the words of those whose rules they are.</summary>
internal static class ForeignRemedy
{
    /// <summary>Docker's chain for the rules of others, which it leaves alone.</summary>
    public const string DockerUser = "DOCKER-USER";

    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>The commands, joined so that a shell takes them in one line.</summary>
    public static string For(ForeignTable table, NftChain entrance, ForwardedBridge bridge)
    {
        string device = Word($"{bridge.Device}");
        string? egress = bridge.Egress is { } name ? Word($"{name}") : null;
        IReadOnlySet<string> chains = table.ReachableFrom(entrance.Name);
        if (chains.Contains("ufw-user-forward") || chains.Contains("ufw6-user-forward"))
        {
            return $"ufw route allow out on {device} && ufw route allow in on {device}{(egress is null ? "" : $" out on {egress}")}";
        }
        if (chains.Contains(DockerUser))
        {
            return Iptables(table, DockerUser, device, egress); // with the input alone, Docker's unpublished ports were open to these containers
        }
        if (table.Id.Name is "firewalld" || chains.Contains("FORWARD_ZONES"))
        {
            return $"firewall-cmd --permanent --zone=trusted --add-interface={device} && firewall-cmd --reload";
        }
        return table.IsLegacy
            ? Iptables(table, entrance.Name, device, egress: null)
            : $"{Nft(table, entrance, $"iifname \"{bridge.Device}\"")} && {Nft(table, entrance, $"oifname \"{bridge.Device}\"")}";
    }

    private static string Iptables(ForeignTable table, string chain, string device, string? egress)
    {
        string program = (table.Id.Family is NftFamily.IPv6 ? "ip6tables" : "iptables") + (table.IsLegacy ? "-legacy" : "");
        string inserted = $"{program} {(table.Id.Name is "filter" ? "" : $"-t {table.Id.Name} ")}-I {chain}";
        return $"{inserted} -o {device} -j ACCEPT && {inserted} -i {device} {(egress is null ? "" : $"-o {egress} ")}-j ACCEPT";
    }

    private static string Nft(ForeignTable table, NftChain entrance, string match) =>
        $"nft {Word($"insert rule {table.Id} {entrance.Name} {match} accept")}";

    /// <summary>A word as a shell takes it for one.</summary>
    private static string Word(string text) =>
        text.AsSpan().ContainsAnyExcept(s_plain) ? $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'" : text;
}
