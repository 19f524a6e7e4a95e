namespace BridgeNet.Netlink.Wire;

/// <summary>A nest of attributes being written; disposing of it fills in its length.</summary>
public readonly ref struct NetlinkNestScope
{
    private readonly NetlinkWriter _writer;
    private readonly int _start;

    internal NetlinkNestScope(NetlinkWriter writer, int start)
    {
        _writer = writer;
        _start = start;
    }

    /// <summary>Ends the nest.</summary>
    /// <exception cref="NetlinkFormatException">It holds more than 65,535 bytes.</exception>
    public void Dispose() => _writer.EndAttribute(_start);
}
