using System.Runtime.CompilerServices;
using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>The other end of a veth pair, for its creation. It starts down: the kernel brings no end up before the pair is complete.</summary>
public sealed record VethPeer
{
    /// <summary>An end for which the kernel decides everything.</summary>
    public VethPeer()
    {
    }

    internal VethPeer(AttributeReader peer)
    {
        Index = peer.ReadStruct<Ifinfomsg>().Index;
        foreach (AttributeReader attribute in new AttributeList(peer.Value[Unsafe.SizeOf<Ifinfomsg>()..]))
        {
            switch (attribute.Type)
            {
                case Ifla.Address: MacAddress = attribute.ReadMacAddress(); break;
                case Ifla.InterfaceName: Name = attribute.ReadInterfaceName(); break;
                case Ifla.Mtu: Mtu = attribute.ReadInt32(); break;
                case Ifla.TxQueues: TxQueues = attribute.ReadInt32(); break;
                case Ifla.RxQueues: RxQueues = attribute.ReadInt32(); break;
                default: break;
            }
        }
    }

    /// <summary>The name; empty lets the kernel find one, vethN.</summary>
    public InterfaceName Name { get; init; }

    /// <summary>The index asked for in its namespace; 0 lets the kernel find one, EEXIST or EBUSY if it is taken.</summary>
    public int Index { get; init; }

    /// <summary>The MAC address; null lets the kernel make a random one.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The largest packet, in bytes, 68 to 65,535; null for 1,500.</summary>
    public int? Mtu { get; init; }

    /// <summary>The network namespace to be made in; null for that of the first end. It cannot be read back.</summary>
    public FileDescriptor? NetworkNamespace { get; init; }

    /// <summary>How many transmit queues; null for one per processor.</summary>
    public int? TxQueues { get; init; }

    /// <summary>How many receive queues; null for one per processor.</summary>
    public int? RxQueues { get; init; }

    internal void Write(NetlinkWriter writer)
    {
        writer.WriteHeader(new Ifinfomsg { Index = Index });
        writer.WriteName(Ifla.InterfaceName, Name);
        writer.WriteOptional(Ifla.Address, MacAddress);
        writer.WriteOptional(Ifla.Mtu, Mtu);
        writer.WriteOptional(Ifla.TxQueues, TxQueues);
        writer.WriteOptional(Ifla.RxQueues, RxQueues);
        writer.WriteOptional(Ifla.NetworkNamespace, NetworkNamespace?.Value);
    }
}
