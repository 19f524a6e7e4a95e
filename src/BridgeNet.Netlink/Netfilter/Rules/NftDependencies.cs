using System.Net.Sockets;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>The protocols that a rule has checked already, and the checks to add for others, as nft adds them and hides them in listings.</summary>
internal sealed class NftDependencies(NftFamily family)
{
    private const ushort EthernetIPv4 = 0x0800, EthernetIPv6 = 0x86dd, EthernetArp = 0x0806, HardwareEthernet = 1;

    private readonly HashSet<NftProtocolLayer> _met = [];

    /// <summary>Adds the check of a protocol, once.</summary>
    public void Require(NftProtocolLayer layer, List<NftExpression> expressions)
    {
        if (layer is NftProtocolLayer.None || IsGiven(layer) || !_met.Add(layer))
        {
            return;
        }
        if (layer is NftProtocolLayer.Arp)
        {
            RequireFrame(EthernetArp, expressions);
            return;
        }
        if (layer is NftProtocolLayer.IcmpV6)
        {
            RequireIPv6(expressions);
        }
        (MetaKey key, NftValue value) = layer switch
        {
            NftProtocolLayer.IcmpV6 => (MetaKey.TransportProtocol, NftValue.Protocol(ProtocolType.IcmpV6)),
            NftProtocolLayer.Ethernet => (MetaKey.InputInterfaceType, NftValue.UInt16(HardwareEthernet)),
            NftProtocolLayer.Tcp => (MetaKey.TransportProtocol, NftValue.Protocol(ProtocolType.Tcp)),
            NftProtocolLayer.Udp => (MetaKey.TransportProtocol, NftValue.Protocol(ProtocolType.Udp)),
            NftProtocolLayer.IPv4 => family is NftFamily.Inet
                ? (MetaKey.NetfilterProtocol, NftValue.Byte((byte)NftFamily.IPv4))
                : (MetaKey.Protocol, NftValue.Port(EthernetIPv4)),
            _ => family is NftFamily.Inet
                ? (MetaKey.NetfilterProtocol, NftValue.Byte((byte)NftFamily.IPv6))
                : (MetaKey.Protocol, NftValue.Port(EthernetIPv6)),
        };
        expressions.Add(new MetaExpression { Key = key, Register = NftRegister.R1 });
        expressions.Add(new CompareExpression { Register = NftRegister.R1, Operator = CompareOperator.Equal, Value = value });
    }

    private void RequireIPv6(List<NftExpression> expressions)
    {
        if (family is not NftFamily.Bridge)
        {
            Require(NftProtocolLayer.IPv6, expressions);
        }
        else if (_met.Add(NftProtocolLayer.IPv6))
        {
            RequireFrame(EthernetIPv6, expressions);
        }
    }

    /// <summary>In bridge tables nft checks the frame's own type, except for IP addresses.</summary>
    private static void RequireFrame(ushort type, List<NftExpression> expressions)
    {
        expressions.Add(NftField.EthernetType.Load(NftRegister.R1));
        expressions.Add(new CompareExpression { Register = NftRegister.R1, Operator = CompareOperator.Equal, Value = NftValue.Port(type) });
    }

    /// <summary>Whether every packet that the family's tables see is of a protocol.</summary>
    private bool IsGiven(NftProtocolLayer layer) => layer switch
    {
        NftProtocolLayer.IPv4 => family is NftFamily.IPv4,
        NftProtocolLayer.IPv6 => family is NftFamily.IPv6,
        NftProtocolLayer.Ethernet => family is NftFamily.Bridge,
        _ => false,
    };
}
