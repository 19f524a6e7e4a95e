namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>All layouts. Removals and checks ask each of them, because an earlier configuration may have used another one.</summary>
internal static class CniLayouts
{
    /// <summary>The reference's layout.</summary>
    public static ICniLayout Iptables { get; } = new IptablesLayout();

    /// <summary>Our own layout.</summary>
    public static ICniLayout Nftables { get; } = new NftablesLayout();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ICniLayout> All { get; } = [Iptables, Nftables];

    /// <summary>Does something in each layout. A layout that fails stops none of the others.</summary>
    /// <exception cref="CniException">The first failure's code, and the words of all.</exception>
    public static void InEach(Action<ICniLayout> action)
    {
        CniTeardown teardown = new();
        foreach (ICniLayout layout in All)
        {
            teardown.Then(() => action(layout));
        }
        teardown.Finish();
    }

    /// <summary>The layout of a backend; null if there is no such backend.</summary>
    public static ICniLayout? Named(string backend) => All.FirstOrDefault(layout => string.Equals(layout.Backend, backend, StringComparison.Ordinal));
}
