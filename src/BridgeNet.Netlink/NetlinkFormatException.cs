namespace BridgeNet.Netlink;

/// <summary>Bytes that cannot be a netlink message, or a message that cannot be written.</summary>
public sealed class NetlinkFormatException : BridgeNetException
{
    /// <summary>Names what was expected and what was there.</summary>
    public NetlinkFormatException(string message)
        : base(message)
    {
    }
}
