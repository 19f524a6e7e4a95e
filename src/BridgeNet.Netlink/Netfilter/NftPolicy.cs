namespace BridgeNet.Netlink.Netfilter;

/// <summary>What becomes of a packet that reaches a base chain's end.</summary>
public enum NftPolicy : uint
{
    /// <summary>NF_DROP: it is dropped.</summary>
    Drop = 0,

    /// <summary>NF_ACCEPT: it goes on.</summary>
    Accept = 1,
}
