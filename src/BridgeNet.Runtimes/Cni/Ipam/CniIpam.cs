namespace BridgeNet.Runtimes.Cni;

/// <summary>Chooses addresses for a call: none, host-local in this process, or another plugin as a process.</summary>
internal sealed class CniIpam
{
    private readonly CniCall _call;
    private readonly HostLocal? _own;
    private readonly DelegatedIpam? _other;

    /// <summary>As the configuration says.</summary>
    public CniIpam(CniCall call)
    {
        _call = call;
        string? type = call.Configuration.IpamType;
        if (type is HostLocalPlugin.PluginName)
        {
            _own = new HostLocal(call);
        }
        else if (!string.IsNullOrEmpty(type))
        {
            _other = new DelegatedIpam(call, type);
        }
    }

    /// <summary>Whether the configuration names an IPAM plugin.</summary>
    public bool Exists => _own is not null || _other is not null;

    /// <summary>Takes addresses.</summary>
    /// <exception cref="CniException">It got none.</exception>
    public CniResult Add()
    {
        CniResult result = _own?.Add() ?? _other?.Run("ADD") ?? new CniResult();
        return !Exists || result.Addresses.Count > 0
            ? result
            : throw new CniException(CniErrorCode.Internal, "IPAM plugin returned missing IP config");
    }

    /// <summary>Gives them back.</summary>
    public void Delete()
    {
        _own?.Delete();
        _ = _other?.Run("DEL");
    }

    /// <summary>Whether they are still held.</summary>
    public void Check()
    {
        _own?.Check();
        _ = _other?.Run("CHECK");
    }

    /// <summary>Whether there are any.</summary>
    public void Status()
    {
        _own?.Status();
        _ = _other?.Run("STATUS");
    }

    /// <summary>Gives back the addresses of attachments that are not in the list.</summary>
    public void CollectGarbage()
    {
        if (_call.ValidAttachments is { } valid)
        {
            _own?.CollectGarbage(valid);
        }
        _ = _other?.Run("GC");
    }
}
