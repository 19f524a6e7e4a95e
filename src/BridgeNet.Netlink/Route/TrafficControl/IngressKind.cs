using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>The discipline of incoming packets: it queues nothing and is there for its filters.</summary>
public sealed record IngressKind : QdiscKind
{
    internal const string KindName = "ingress";

    /// <summary>It has no properties.</summary>
    public IngressKind()
        : base(KindName)
    {
    }

    internal override void WriteOptions(NetlinkWriter writer)
    {
    }
}
