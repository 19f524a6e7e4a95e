namespace BridgeNet.Runtimes.Netavark;

/// <summary>Who writes packet rules.</summary>
internal enum NetavarkFirewallDriver
{
    /// <summary>BridgeNet, into <c>table inet netavark</c>.</summary>
    Nftables,

    /// <summary>BridgeNet, into the tables of iptables, as iptables-nft writes them.</summary>
    Iptables,

    /// <summary>firewalld, which is asked for a zone and for forwarded ports.</summary>
    Firewalld,

    /// <summary>Nobody: the host's owner does.</summary>
    None,
}
