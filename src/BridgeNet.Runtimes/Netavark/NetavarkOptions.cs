namespace BridgeNet.Runtimes.Netavark;

/// <summary>What a call of netavark is told beside the networks.</summary>
internal sealed record NetavarkOptions
{
    /// <summary>Where its files are: <c>--config</c>; null if it was not named.</summary>
    public string? Directory { get; init; }

    /// <summary>The name server's file: <c>--aardvark-binary</c>; empty for none.</summary>
    public string NameServer { get; init; } = "";

    /// <summary>Who writes packet rules: <c>--firewall-driver</c> or NETAVARK_FW.</summary>
    public NetavarkFirewallDriver Firewall { get; init; }

    /// <summary>Where the name server listens: NETAVARK_DNS_PORT.</summary>
    public ushort DnsPort { get; init; } = 53;
}
