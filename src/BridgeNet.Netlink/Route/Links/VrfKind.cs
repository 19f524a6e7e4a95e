using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// A VRF: the links that have it as <see cref="Link.Master"/> use its routing table alone. EOPNOTSUPP from a kernel without CONFIG_NET_VRF.
/// </summary>
/// <param name="Table">The number of its routing table, from 1; a VRF cannot be without one.</param>
public sealed record VrfKind(uint Table) : LinkKind(KindName)
{
    internal const string KindName = "vrf";

    internal VrfKind(AttributeList data)
        : this(data.TryFind(IflaVrf.Table, out AttributeReader table) ? table.ReadUInt32() : 0)
    {
    }

    private protected override bool HasData => true;

    private protected override void WriteData(NetlinkWriter writer) => writer.WriteUInt32(IflaVrf.Table, Table);
}
