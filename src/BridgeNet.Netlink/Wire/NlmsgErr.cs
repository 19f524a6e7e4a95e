namespace BridgeNet.Netlink.Wire;

/// <summary>The attributes of an extended acknowledgement.</summary>
internal static class NlmsgErr
{
    /// <summary>NLMSGERR_ATTR_MSG, string: the kernel's text.</summary>
    public const ushort Message = 1;

    /// <summary>NLMSGERR_ATTR_OFFS, u32: where in the request the offending attribute lies, in bytes from its header.</summary>
    public const ushort Offset = 2;

    /// <summary>NLMSGERR_ATTR_MISS_TYPE, u32: the type of an attribute that is missing.</summary>
    public const ushort MissingType = 5;
}
