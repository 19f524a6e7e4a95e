namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>The layouts there are. What takes things away or looks for them asks all: who added them may have been configured otherwise.</summary>
internal static class CniLayouts
{
    /// <summary>The reference's.</summary>
    public static ICniLayout Iptables { get; } = new IptablesLayout();

    /// <summary>Our own.</summary>
    public static ICniLayout Nftables { get; } = new NftablesLayout();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ICniLayout> All { get; } = [Iptables, Nftables];

    /// <summary>The layout of a backend; null if there is no such backend.</summary>
    public static ICniLayout? Named(string backend) => All.FirstOrDefault(layout => string.Equals(layout.Backend, backend, StringComparison.Ordinal));
}
