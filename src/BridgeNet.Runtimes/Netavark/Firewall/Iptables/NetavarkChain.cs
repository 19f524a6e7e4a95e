namespace BridgeNet.Runtimes.Netavark;

/// <summary>What netavark's chains of iptables are called.</summary>
internal static class NetavarkChain
{
    /// <summary>Where questions to the name server come in.</summary>
    public const string Input = "NETAVARK_INPUT";

    /// <summary>What passes from network to network.</summary>
    public const string Forward = "NETAVARK_FORWARD";

    /// <summary>What leaves isolated networks.</summary>
    public const string Isolation1 = "NETAVARK_ISOLATION_1";

    /// <summary>Closed to networks that are isolated.</summary>
    public const string Isolation2 = "NETAVARK_ISOLATION_2";

    /// <summary>Closed to networks that are strictly isolated.</summary>
    public const string Isolation3 = "NETAVARK_ISOLATION_3";

    /// <summary>Published ports.</summary>
    public const string Ports = "NETAVARK-HOSTPORT-DNAT";

    /// <summary>Marks what is to be masqueraded.</summary>
    public const string Mark = "NETAVARK-HOSTPORT-SETMARK";

    /// <summary>Masquerades what is marked.</summary>
    public const string Marked = "NETAVARK-HOSTPORT-MASQ";

    /// <summary>The chain of a network's packets that leave.</summary>
    public static string Of(NetavarkNetworkRecord network) => $"NETAVARK-{network.NetworkHash}";

    /// <summary>The chain of a network's published ports.</summary>
    public static string PortsOf(string networkHash) => $"NETAVARK-DN-{networkHash}";
}
