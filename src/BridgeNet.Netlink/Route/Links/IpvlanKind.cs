using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// A link that shares the MAC address of its parent (<see cref="Link.PeerIndex"/>) and has IP addresses of its own. Null leaves the choice to the
/// kernel.
/// </summary>
public sealed record IpvlanKind : LinkKind
{
    internal const string KindName = "ipvlan";

    /// <summary>An ipvlan as the kernel makes it.</summary>
    public IpvlanKind()
        : base(KindName)
    {
    }

    internal IpvlanKind(AttributeList data)
        : base(KindName) => Mode = data.TryFind(IflaIpvlan.Mode, out AttributeReader mode) ? (IpvlanMode)mode.ReadUInt16() : null;

    /// <summary>The mode of all ipvlans of the parent; by default <see cref="IpvlanMode.Layer3"/>.</summary>
    public IpvlanMode? Mode { get; init; }

    private protected override bool HasData => Mode is not null;

    private protected override void WriteData(NetlinkWriter writer) => writer.WriteOptional(IflaIpvlan.Mode, (ushort?)Mode);
}
