using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Sends the packet to this host itself.</summary>
public sealed record RedirectExpression : NftExpression
{
    internal const string Kind = "redir";

    /// <summary>Where the port lies, or the first of a range; null leaves the port.</summary>
    public NftRegister? PortMin { get; init; }

    /// <summary>Where the last port of a range lies; null is the first, as which it is read back.</summary>
    public NftRegister? PortMax { get; init; }

    /// <summary>How the port is chosen.</summary>
    public NatFlags Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        NatRange.Write(writer, NftaRedirect.PortMin, PortMin);
        NatRange.Write(writer, NftaRedirect.PortMax, PortMax);
        NatRange.Write(writer, NftaRedirect.Flags, Flags);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes.</summary>
    internal static RedirectExpression Read(AttributeList attributes)
    {
        NftRegister? portMin = null, portMax = null;
        NatFlags flags = NatFlags.None;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaRedirect.PortMin: portMin = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaRedirect.PortMax: portMax = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaRedirect.Flags: flags = NatRange.ReadFlags(attribute); break;
                default: break;
            }
        }
        return new RedirectExpression { PortMin = portMin, PortMax = NatRange.Last(portMin, portMax), Flags = flags };
    }
}
