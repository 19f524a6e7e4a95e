namespace BridgeNet.Netlink.Netfilter;

/// <summary>The two directions of a connection.</summary>
public enum CtDirection : byte
{
    /// <summary>IP_CT_DIR_ORIGINAL: that of the first packet.</summary>
    Original = 0,

    /// <summary>IP_CT_DIR_REPLY: the other.</summary>
    Reply = 1,
}
