namespace BridgeNet.Netlink.Netfilter;

/// <summary>The kinds of stateful objects.</summary>
public enum NftObjectType : uint
{
    /// <summary>NFT_OBJECT_COUNTER: counts packets and bytes.</summary>
    Counter = 1,

    /// <summary>NFT_OBJECT_QUOTA: matches until its bytes are used up.</summary>
    Quota = 2,
}
