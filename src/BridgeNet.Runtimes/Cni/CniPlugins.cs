using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>All plugins, by the names of their binaries.</summary>
internal static class CniPlugins
{
    private static readonly ICniPlugin[] s_plugins =
    [
        new BridgeNetPlugin(), new BridgePlugin(), new HostLocalPlugin(),
        new PortMapPlugin(CniLayouts.Iptables), new FirewallPlugin(CniLayouts.Iptables),
        new BandwidthPlugin(), new TuningPlugin(), new LoopbackPlugin(),
    ];

    /// <summary>The names; first that of the plugin that does everything.</summary>
    public static IEnumerable<string> Names => s_plugins.Select(plugin => plugin.Name);

    /// <summary>The plugin of a name; null if there is none.</summary>
    public static ICniPlugin? Find(string? name) => s_plugins.FirstOrDefault(plugin => string.Equals(plugin.Name, name, StringComparison.Ordinal));

    /// <summary>
    /// Chooses the plugin by the name of the binary, because an IPAM plugin gets the configuration of the plugin around it. A binary under its own
    /// name is the plugin that the configuration names.
    /// </summary>
    /// <returns>Null if neither name is a plugin's.</returns>
    public static ICniPlugin? Choose(string binary, string? type) => binary switch
    {
        BridgeNetPlugin.PluginName => Find(type) ?? Find(binary),
        _ => Find(binary) ?? Find(type),
    };
}
