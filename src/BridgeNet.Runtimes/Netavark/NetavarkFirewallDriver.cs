namespace BridgeNet.Runtimes.Netavark;

/// <summary>Who writes packet rules.</summary>
internal enum NetavarkFirewallDriver
{
    /// <summary>BridgeNet, into <c>table inet netavark</c>.</summary>
    Nftables,

    /// <summary>Nobody: the host's owner does.</summary>
    None,
}
