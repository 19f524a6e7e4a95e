using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <content>As the message of a link.</content>
public sealed partial record Link
{
    /// <summary>Reads an RTM_NEWLINK.</summary>
    /// <exception cref="NetlinkFormatException">Not such a message.</exception>
    internal Link(NetlinkMessage message)
    {
        Ifinfomsg header = message.Header<Ifinfomsg>();
        Index = header.Index;
        Flags = header.Flags;
        foreach (AttributeReader attribute in message.Attributes<Ifinfomsg>())
        {
            switch (attribute.Type)
            {
                case Ifla.Address: MacAddress = attribute.ReadMacAddress(); break;
                case Ifla.InterfaceName: Name = attribute.ReadInterfaceName(); break;
                case Ifla.Mtu: Mtu = attribute.ReadInt32(); break;
                case Ifla.Link: PeerIndex = attribute.ReadInt32(); break;
                case Ifla.Master: Master = attribute.ReadInt32(); break;
                case Ifla.TxQueueLength: TxQueueLength = attribute.ReadInt32(); break;
                case Ifla.OperationalState: OperationalState = (OperationalState)attribute.ReadByte(); break;
                case Ifla.LinkInfo:
                    Kind = LinkKind.Read(attribute.Attributes);
                    BridgePort = BridgePortSettings.Read(attribute.Attributes);
                    break;
                case Ifla.Alias: Alias = attribute.ReadString(); break;
                case Ifla.Statistics: Statistics = attribute.ReadStruct<LinkStatistics>(); break;
                case Ifla.FamilySpecific: Ipv6AddressGeneration = ReadAddressGeneration(attribute.Attributes); break;
                case Ifla.Group: Group = attribute.ReadUInt32(); break;
                case Ifla.TxQueues: TxQueues = attribute.ReadInt32(); break;
                case Ifla.RxQueues: RxQueues = attribute.ReadInt32(); break;
                case Ifla.Carrier: IsCarrierUp = attribute.ReadBoolean(); break;
                case Ifla.LinkNamespaceId: PeerNamespaceId = attribute.ReadInt32(); break;
                default: break;
            }
        }
    }

    /// <summary>What the kernel takes only of a link that is there; it follows the creation as a change.</summary>
    internal bool HasSettings => Alias is not null || Ipv6AddressGeneration is not null || BridgePort is not null;

    /// <summary>
    /// Whether it comes up behind its settings: it would make a link-local address before it learns how, and what is changed of a link that is up is
    /// told everybody once more.
    /// </summary>
    internal bool ComesUpLast => IsUp && HasSettings;

    /// <summary>Writes header and attributes of the RTM_NEWLINK that creates it.</summary>
    internal void WriteCreation(NetlinkWriter writer)
    {
        LinkFlags flags = ComesUpLast ? Flags & ~LinkFlags.Up : Flags;
        writer.WriteHeader(new Ifinfomsg { Index = Index, Flags = flags, Change = flags });
        writer.WriteName(Ifla.InterfaceName, Name);
        writer.WriteOptional(Ifla.Mtu, Mtu);
        writer.WriteOptional(Ifla.Address, MacAddress);
        writer.WriteOptional(Ifla.Master, Master);
        writer.WriteOptional(Ifla.Group, Group);
        writer.WriteOptional(Ifla.Link, PeerIndex);
        writer.WriteOptional(Ifla.TxQueueLength, TxQueueLength);
        writer.WriteOptional(Ifla.TxQueues, TxQueues);
        writer.WriteOptional(Ifla.RxQueues, RxQueues);
        writer.WriteOptional(Ifla.NetworkNamespace, NetworkNamespace?.Value);
        if (Kind is not null)
        {
            using (writer.Nest(Ifla.LinkInfo))
            {
                Kind.Write(writer);
            }
        }
    }

    /// <summary>Writes the attributes that <see cref="HasSettings"/> names, and the other settings of address families.</summary>
    internal static void WriteSettings(
        NetlinkWriter writer,
        string? alias,
        Ipv6AddressGeneration? generation,
        BridgePortSettings? port,
        bool? arpNotify = null,
        LinkKind? kind = null)
    {
        if (alias is not null)
        {
            writer.WriteString(Ifla.Alias, alias);
        }
        if (port is not null || kind is not null)
        {
            using (writer.Nest(Ifla.LinkInfo))
            {
                kind?.Write(writer);
                port?.Write(writer);
            }
        }
        if (generation is not null || arpNotify is not null)
        {
            using (writer.Nest(Ifla.FamilySpecific))
            {
                WriteFamilies(writer, generation, arpNotify);
            }
        }
    }

    private static void WriteFamilies(NetlinkWriter writer, Ipv6AddressGeneration? generation, bool? arpNotify)
    {
        if (arpNotify is { } notifies)
        {
            using (writer.Nest(RouteFamily.IPv4))
            using (writer.Nest(IflaInet.Configuration))
            {
                writer.WriteUInt32(Ipv4Devconf.ArpNotify, notifies ? 1u : 0u);
            }
        }
        if (generation is { } mode)
        {
            using (writer.Nest(RouteFamily.IPv6))
            {
                writer.WriteByte(IflaInet6.AddressGeneration, (byte)mode);
            }
        }
    }

    private static Ipv6AddressGeneration? ReadAddressGeneration(AttributeList families) =>
        families.TryFind(RouteFamily.IPv6, out AttributeReader family)
        && family.Attributes.TryFind(IflaInet6.AddressGeneration, out AttributeReader mode)
            ? (Ipv6AddressGeneration)mode.ReadByte()
            : null;
}
