using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// bridgenet: bridge, addresses, ports, firewall, bandwidth, tuning and names in one call. Its keys are those of the plugins that it replaces;
/// its defaults are gateway, default route, masquerading and hairpin.
/// </summary>
internal sealed class BridgeNetPlugin : ICniPlugin
{
    /// <summary>Its name, and that of the binary.</summary>
    public const string PluginName = "bridgenet";

    /// <summary>In the order in which a list of plugins would have them.</summary>
    private readonly ICniPlugin[] _parts =
    [
        new BridgePlugin(serves: true), new PortMapPlugin(CniLayouts.Nftables), new FirewallPlugin(CniLayouts.Nftables),
        new BandwidthPlugin(isAlone: false), new TuningPlugin(isAlone: false), new DnsNamePlugin(),
    ];

    /// <inheritdoc/>
    public string Name => PluginName;

    /// <inheritdoc/>
    public CniResult Add(CniCall call)
    {
        int done = 0;
        try
        {
            foreach (ICniPlugin part in _parts)
            {
                call.Previous = part.Add(call);
                done++;
            }
            return call.Previous!;
        }
        catch
        {
            TearDown(call, _parts.Take(done == 0 ? 0 : done + 1)); // the first part undoes itself, as the interface may predate this call
            throw;
        }
    }

    /// <inheritdoc/>
    public void Delete(CniCall call) => TearDown(call, _parts).Finish();

    /// <inheritdoc/>
    public void Check(CniCall call) => Array.ForEach(_parts, part => part.Check(call));

    /// <inheritdoc/>
    public void Status(CniCall call) => Array.ForEach(_parts, part => part.Status(call));

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call)
    {
        CniTeardown teardown = new();
        foreach (ICniPlugin part in _parts)
        {
            teardown.Then(() => part.CollectGarbage(call));
        }
        teardown.Finish();
    }

    private static CniTeardown TearDown(CniCall call, IEnumerable<ICniPlugin> parts)
    {
        CniTeardown teardown = new();
        foreach (ICniPlugin part in parts.Reverse())
        {
            teardown.Then(() => part.Delete(call));
        }
        return teardown;
    }
}
