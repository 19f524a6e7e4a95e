using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>A bridge's settings of one port. Null leaves a setting alone; settings that were read have every value.</summary>
public sealed record BridgePortSettings
{
    /// <summary>Settings that change nothing.</summary>
    public BridgePortSettings()
    {
    }

    internal BridgePortSettings(AttributeList data)
    {
        foreach (AttributeReader attribute in data)
        {
            switch (attribute.Type)
            {
                case IflaBridgePort.State: State = (BridgePortState)attribute.ReadByte(); break;
                case IflaBridgePort.Priority: Priority = attribute.ReadUInt16(); break;
                case IflaBridgePort.Cost: Cost = attribute.ReadUInt32(); break;
                case IflaBridgePort.Hairpin: Hairpin = attribute.ReadBoolean(); break;
                case IflaBridgePort.BpduGuard: BpduGuard = attribute.ReadBoolean(); break;
                case IflaBridgePort.RootBlock: RootBlock = attribute.ReadBoolean(); break;
                case IflaBridgePort.FastLeave: FastLeave = attribute.ReadBoolean(); break;
                case IflaBridgePort.Learning: Learning = attribute.ReadBoolean(); break;
                case IflaBridgePort.UnicastFlood: UnicastFlood = attribute.ReadBoolean(); break;
                case IflaBridgePort.MulticastFlood: MulticastFlood = attribute.ReadBoolean(); break;
                case IflaBridgePort.BroadcastFlood: BroadcastFlood = attribute.ReadBoolean(); break;
                case IflaBridgePort.ProxyArp: ProxyArp = attribute.ReadBoolean(); break;
                case IflaBridgePort.NeighbourSuppression: NeighbourSuppression = attribute.ReadBoolean(); break;
                case IflaBridgePort.Isolated: Isolated = attribute.ReadBoolean(); break;
                case IflaBridgePort.Locked: Locked = attribute.ReadBoolean(); break;
                default: break;
            }
        }
    }

    /// <summary>The state; to be set only where no spanning tree runs in the kernel.</summary>
    public BridgePortState? State { get; init; }

    /// <summary>Its priority in the spanning tree, 0 to 63, by default 32.</summary>
    public ushort? Priority { get; init; }

    /// <summary>Its cost in the spanning tree, 1 to 65,535, by default by the speed.</summary>
    public uint? Cost { get; init; }

    /// <summary>Whether a packet may leave by the port that it came in by; by default no.</summary>
    public bool? Hairpin { get; init; }

    /// <summary>Whether a spanning-tree packet disables the port; by default no.</summary>
    public bool? BpduGuard { get; init; }

    /// <summary>Whether it can never become the root port; by default no.</summary>
    public bool? RootBlock { get; init; }

    /// <summary>Whether a leave message ends a group's membership at once; by default no.</summary>
    public bool? FastLeave { get; init; }

    /// <summary>Whether source addresses are learned; by default yes.</summary>
    public bool? Learning { get; init; }

    /// <summary>Whether packets to unknown addresses leave by it; by default yes.</summary>
    public bool? UnicastFlood { get; init; }

    /// <summary>Whether packets to unknown groups leave by it; by default yes.</summary>
    public bool? MulticastFlood { get; init; }

    /// <summary>Whether broadcasts leave by it; by default yes.</summary>
    public bool? BroadcastFlood { get; init; }

    /// <summary>Whether the bridge answers ARP for hosts behind the port; by default no.</summary>
    public bool? ProxyArp { get; init; }

    /// <summary>Whether ARP and neighbour discovery are answered from the table, not flooded; by default no.</summary>
    public bool? NeighbourSuppression { get; init; }

    /// <summary>Whether it talks to ports that are not isolated only; by default no.</summary>
    public bool? Isolated { get; init; }

    /// <summary>Whether packets from addresses without an entry are dropped (Linux 5.18); by default no.</summary>
    public bool? Locked { get; init; }

    /// <summary>Reads the content of IFLA_LINKINFO.</summary>
    /// <returns>Null if the link is not a bridge's port.</returns>
    internal static BridgePortSettings? Read(AttributeList info) =>
        info.TryFind(IflaInfo.SlaveKind, out AttributeReader kind)
        && kind.ReadString() is BridgeKind.KindName
        && info.TryFind(IflaInfo.SlaveData, out AttributeReader data)
            ? new BridgePortSettings(data.Attributes)
            : null;

    /// <summary>Writes the content of IFLA_LINKINFO.</summary>
    internal void Write(NetlinkWriter writer)
    {
        writer.WriteString(IflaInfo.SlaveKind, BridgeKind.KindName);
        using (writer.Nest(IflaInfo.SlaveData))
        {
            if (State is { } state)
            {
                writer.WriteByte(IflaBridgePort.State, (byte)state);
            }
            writer.WriteOptional(IflaBridgePort.Priority, Priority);
            writer.WriteOptional(IflaBridgePort.Cost, Cost);
            writer.WriteBoolean(IflaBridgePort.Hairpin, Hairpin);
            writer.WriteBoolean(IflaBridgePort.BpduGuard, BpduGuard);
            writer.WriteBoolean(IflaBridgePort.RootBlock, RootBlock);
            writer.WriteBoolean(IflaBridgePort.FastLeave, FastLeave);
            writer.WriteBoolean(IflaBridgePort.Learning, Learning);
            writer.WriteBoolean(IflaBridgePort.UnicastFlood, UnicastFlood);
            writer.WriteBoolean(IflaBridgePort.MulticastFlood, MulticastFlood);
            writer.WriteBoolean(IflaBridgePort.BroadcastFlood, BroadcastFlood);
            writer.WriteBoolean(IflaBridgePort.ProxyArp, ProxyArp);
            writer.WriteBoolean(IflaBridgePort.NeighbourSuppression, NeighbourSuppression);
            writer.WriteBoolean(IflaBridgePort.Isolated, Isolated);
            writer.WriteBoolean(IflaBridgePort.Locked, Locked);
        }
    }
}
