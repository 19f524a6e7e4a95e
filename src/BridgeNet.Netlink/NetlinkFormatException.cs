namespace BridgeNet.Netlink;

/// <summary>Bytes that cannot be a netlink message, or a message that cannot be written.</summary>
public sealed class NetlinkFormatException : BridgeNetException
{
    /// <summary>Names the expected and the actual form.</summary>
    public NetlinkFormatException(string message)
        : base(message)
    {
    }
}
