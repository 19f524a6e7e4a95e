namespace BridgeNet.Netlink.Tracing;

/// <summary>How the trace shows an attribute's value.</summary>
internal enum AttributeForm
{
    /// <summary>Hexadecimal digits.</summary>
    Bytes,

    /// <summary>An integer without a sign, in host order.</summary>
    Number,

    /// <summary>An integer without a sign, in network order.</summary>
    NetworkNumber,

    /// <summary>An integer with a sign, in host order.</summary>
    Signed,

    /// <summary>An integer with a sign, in network order.</summary>
    NetworkSigned,

    /// <summary>A string in quotes.</summary>
    Text,

    /// <summary>An IPv4, IPv6 or MAC address, told apart by the length.</summary>
    Address,

    /// <summary>More attributes.</summary>
    Nest,
}
