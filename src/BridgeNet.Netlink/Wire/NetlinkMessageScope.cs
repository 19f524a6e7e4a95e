namespace BridgeNet.Netlink.Wire;

/// <summary>A message being written; disposing of it fills in its length.</summary>
public readonly ref struct NetlinkMessageScope
{
    private readonly NetlinkWriter _writer;
    private readonly int _start;

    internal NetlinkMessageScope(NetlinkWriter writer, int start)
    {
        _writer = writer;
        _start = start;
    }

    /// <summary>Ends the message.</summary>
    public void Dispose() => _writer.EndMessage(_start);
}
