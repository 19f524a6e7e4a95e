using System.Buffers;

using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>The commands by which a foreign firewall lets a bridge's packets through, in that firewall's own language.</summary>
internal static class ForeignRemedy
{
    /// <summary>Docker's chain for user rules, which Docker leaves alone.</summary>
    public const string DockerUser = "DOCKER-USER";

    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>The commands, joined to one line for a shell.</summary>
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
            return Iptables(table, DockerUser, device, egress); // the input interface alone would open Docker's unpublished ports to them
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

    /// <summary>A word, quoted for a shell.</summary>
    private static string Word(string text) =>
        text.AsSpan().ContainsAnyExcept(s_plain) ? $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'" : text;
}
