namespace BridgeNet.Runtimes.Cni;

/// <summary>host-local alone, as other people's plugins call it.</summary>
internal sealed class HostLocalPlugin : ICniPlugin
{
    /// <summary>Its name.</summary>
    public const string PluginName = "host-local";

    /// <inheritdoc/>
    public string Name => PluginName;

    /// <inheritdoc/>
    public CniResult Add(CniCall call) => new HostLocal(call).Add();

    /// <inheritdoc/>
    public void Delete(CniCall call) => new HostLocal(call).Delete();

    /// <inheritdoc/>
    public void Check(CniCall call) => new HostLocal(call).Check();

    /// <inheritdoc/>
    public void Status(CniCall call) => new HostLocal(call).Status();

    /// <inheritdoc/>
    public void CollectGarbage(CniCall call) => new HostLocal(call).CollectGarbage(call.ValidAttachments ?? []);
}
