using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>One end of a pair of virtual Ethernet links.</summary>
public sealed record VethKind : LinkKind
{
    internal const string KindName = "veth";

    /// <summary>A pair whose other end gets its name, vethN, from the kernel.</summary>
    public VethKind()
        : base(KindName)
    {
    }

    internal VethKind(AttributeList data)
        : base(KindName) => Peer = data.TryFind(VethInfo.Peer, out AttributeReader peer) ? new VethPeer(peer) : null;

    /// <summary>The other end, for a creation only. The kernel never reports it: <see cref="Link.PeerIndex"/> has its index.</summary>
    public VethPeer? Peer { get; init; }

    private protected override bool HasData => Peer is not null;

    private protected override void WriteData(NetlinkWriter writer)
    {
        using (writer.Nest(VethInfo.Peer))
        {
            Peer?.Write(writer);
        }
    }
}
