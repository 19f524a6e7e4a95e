using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Gives the packet the address of the interface by which it leaves.</summary>
public sealed record MasqueradeExpression : NftExpression
{
    internal const string Kind = "masq";

    /// <summary>Where the port lies, or the first of a range; null lets the kernel choose.</summary>
    public NftRegister? PortMin { get; init; }

    /// <summary>Where the last port of a range lies; null is the first, as which it is read back.</summary>
    public NftRegister? PortMax { get; init; }

    /// <summary>How the port is chosen.</summary>
    public NatFlags Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        NatRange.Write(writer, NftaMasquerade.PortMin, PortMin);
        NatRange.Write(writer, NftaMasquerade.PortMax, PortMax);
        NatRange.Write(writer, NftaMasquerade.Flags, Flags);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes.</summary>
    internal static MasqueradeExpression Read(AttributeList attributes)
    {
        NftRegister? portMin = null, portMax = null;
        NatFlags flags = NatFlags.None;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaMasquerade.PortMin: portMin = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaMasquerade.PortMax: portMax = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaMasquerade.Flags: flags = NatRange.ReadFlags(attribute); break;
                default: break;
            }
        }
        return new MasqueradeExpression { PortMin = portMin, PortMax = NatRange.Last(portMin, portMax), Flags = flags };
    }
}
