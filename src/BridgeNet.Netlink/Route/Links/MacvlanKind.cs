using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// A link with a MAC address of its own on the wire of another one, its parent (<see cref="Link.PeerIndex"/>). Null leaves the choice to the kernel.
/// </summary>
public sealed record MacvlanKind : LinkKind
{
    internal const string KindName = "macvlan";

    /// <summary>A macvlan as the kernel makes it.</summary>
    public MacvlanKind()
        : base(KindName)
    {
    }

    internal MacvlanKind(AttributeList data)
        : base(KindName)
    {
        foreach (AttributeReader attribute in data)
        {
            switch (attribute.Type)
            {
                case IflaMacvlan.Mode: Mode = (MacvlanMode)attribute.ReadInt32(); break;
                case IflaMacvlan.BroadcastQueueLength: BroadcastQueueLength = attribute.ReadUInt32(); break;
                case IflaMacvlan.BroadcastCutoff: BroadcastCutoff = attribute.ReadInt32(); break;
                default: break;
            }
        }
    }

    /// <summary>What it is to the other macvlans of its parent; by default <see cref="MacvlanMode.Vepa"/>.</summary>
    public MacvlanMode? Mode { get; init; }

    /// <summary>How many broadcast packets wait at most, by default 1,000; the parent takes the largest of its macvlans' (Linux 5.11).</summary>
    public uint? BroadcastQueueLength { get; init; }

    /// <summary>
    /// Up to how many listeners a multicast packet goes to them alone and at once, by default 1; more make it a broadcast. -1 makes none a broadcast.
    /// Linux 6.4; older kernels ignore it.
    /// </summary>
    public int? BroadcastCutoff { get; init; }

    private protected override bool HasData => Mode is not null || BroadcastQueueLength is not null || BroadcastCutoff is not null;

    private protected override void WriteData(NetlinkWriter writer)
    {
        writer.WriteOptional(IflaMacvlan.Mode, (int?)Mode);
        writer.WriteOptional(IflaMacvlan.BroadcastQueueLength, BroadcastQueueLength);
        writer.WriteOptional(IflaMacvlan.BroadcastCutoff, BroadcastCutoff);
    }
}
