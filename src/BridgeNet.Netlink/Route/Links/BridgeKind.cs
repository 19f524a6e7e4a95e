using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>A bridge. Null leaves the choice to the kernel; a bridge that was read has every value.</summary>
public sealed record BridgeKind : LinkKind
{
    internal const string KindName = "bridge";

    private static readonly BridgeKind s_unchanged = new();

    /// <summary>A bridge as the kernel makes it.</summary>
    public BridgeKind()
        : base(KindName)
    {
    }

    internal BridgeKind(AttributeList data)
        : base(KindName)
    {
        foreach (AttributeReader attribute in data)
        {
            switch (attribute.Type)
            {
                case IflaBridge.ForwardDelay: ForwardDelay = attribute.ReadCentiseconds(); break;
                case IflaBridge.HelloTime: HelloTime = attribute.ReadCentiseconds(); break;
                case IflaBridge.MaxAge: MaxAge = attribute.ReadCentiseconds(); break;
                case IflaBridge.AgeingTime: AgeingTime = attribute.ReadCentiseconds(); break;
                case IflaBridge.StpState: StpState = (BridgeStpState)attribute.ReadInt32(); break;
                case IflaBridge.Priority: Priority = attribute.ReadUInt16(); break;
                case IflaBridge.VlanFiltering: VlanFiltering = attribute.ReadBoolean(); break;
                case IflaBridge.DefaultVlan: DefaultVlan = attribute.ReadUInt16(); break;
                case IflaBridge.GroupForwardMask: GroupForwardMask = attribute.ReadUInt16(); break;
                case IflaBridge.MulticastSnooping: MulticastSnooping = attribute.ReadBoolean(); break;
                case IflaBridge.MulticastQuerier: MulticastQuerier = attribute.ReadBoolean(); break;
                case IflaBridge.CallIptables: CallIptables = attribute.ReadBoolean(); break;
                case IflaBridge.CallIp6tables: CallIp6tables = attribute.ReadBoolean(); break;
                default: break;
            }
        }
    }

    /// <summary>Who runs the spanning tree; by default off.</summary>
    public BridgeStpState? StpState { get; init; }

    /// <summary>The bridge's priority in the spanning tree, by default 32,768.</summary>
    public ushort? Priority { get; init; }

    /// <summary>How long a new port waits before it forwards, in whole 1/100 s; by default 15 s, without a spanning tree not applied.</summary>
    public TimeSpan? ForwardDelay { get; init; }

    /// <summary>Between hello packets of the spanning tree, in whole 1/100 s; 1 to 10 s, by default 2.</summary>
    public TimeSpan? HelloTime { get; init; }

    /// <summary>How old a spanning-tree message gets, in whole 1/100 s; 6 to 40 s, by default 20.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>How long a learned address is kept, in whole 1/100 s; by default 300 s, 0 to learn nothing.</summary>
    public TimeSpan? AgeingTime { get; init; }

    /// <summary>Whether VLAN tags decide; by default no. EOPNOTSUPP where the kernel was built without.</summary>
    public bool? VlanFiltering { get; init; }

    /// <summary>The VLAN of untagged frames, by default 1; 0 for none.</summary>
    public ushort? DefaultVlan { get; init; }

    /// <summary>Bit X forwards frames to 01:80:c2:00:00:0X; by default none, and bits 0 to 2 are refused.</summary>
    public ushort? GroupForwardMask { get; init; }

    /// <summary>Whether packets to groups go only where someone joined; by default yes.</summary>
    public bool? MulticastSnooping { get; init; }

    /// <summary>Whether the bridge itself sends multicast queries; by default no.</summary>
    public bool? MulticastQuerier { get; init; }

    /// <summary>Whether bridged IPv4 packets pass the IP hooks, br_netfilter loaded; by default no.</summary>
    public bool? CallIptables { get; init; }

    /// <summary>Whether bridged IPv6 packets pass the IP hooks, br_netfilter loaded; by default no.</summary>
    public bool? CallIp6tables { get; init; }

    private protected override bool HasData => this != s_unchanged;

    private protected override void WriteData(NetlinkWriter writer)
    {
        writer.WriteCentiseconds(IflaBridge.ForwardDelay, ForwardDelay);
        writer.WriteCentiseconds(IflaBridge.HelloTime, HelloTime);
        writer.WriteCentiseconds(IflaBridge.MaxAge, MaxAge);
        writer.WriteCentiseconds(IflaBridge.AgeingTime, AgeingTime);
        writer.WriteOptional(IflaBridge.StpState, (int?)StpState);
        writer.WriteOptional(IflaBridge.Priority, Priority);
        writer.WriteBoolean(IflaBridge.VlanFiltering, VlanFiltering);
        writer.WriteOptional(IflaBridge.GroupForwardMask, GroupForwardMask);
        writer.WriteBoolean(IflaBridge.MulticastSnooping, MulticastSnooping);
        writer.WriteBoolean(IflaBridge.MulticastQuerier, MulticastQuerier);
        writer.WriteBoolean(IflaBridge.CallIptables, CallIptables);
        writer.WriteBoolean(IflaBridge.CallIp6tables, CallIp6tables);
        writer.WriteOptional(IflaBridge.DefaultVlan, DefaultVlan);
    }
}
