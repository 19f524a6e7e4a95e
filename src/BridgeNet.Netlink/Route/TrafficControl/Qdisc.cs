using System.Diagnostics.CodeAnalysis;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>A queueing discipline: it decides when a link's packets leave.</summary>
public sealed record Qdisc
{
    /// <summary>A discipline, to be filled in by an initializer.</summary>
    public Qdisc()
    {
    }

    /// <summary>Reads an RTM_NEWQDISC.</summary>
    /// <exception cref="NetlinkFormatException">Not such a message.</exception>
    [SetsRequiredMembers]
    internal Qdisc(NetlinkMessage message)
    {
        Tcmsg header = message.Header<Tcmsg>();
        LinkIndex = header.Index;
        Handle = TrafficHandle.FromWire(header.Handle);
        Parent = TrafficHandle.FromWire(header.Parent);
        AttributeList attributes = message.Attributes<Tcmsg>();
        Kind = attributes.TryFind(Tca.Kind, out AttributeReader kind)
            ? QdiscKind.Read(kind.ReadString(), attributes.TryFind(Tca.Options, out AttributeReader options) ? options.Value : default)
            : throw new NetlinkFormatException("a message of a queueing discipline has no TCA_KIND");
    }

    /// <summary>The link's index.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>What it is.</summary>
    public required QdiscKind Kind { get; init; }

    /// <summary>Where it hangs; by default <see cref="TrafficHandle.Root"/>.</summary>
    public TrafficHandle Parent { get; init; } = TrafficHandle.Root;

    /// <summary>Its name on the link; by default 0, which lets the kernel find one, and in a deletion means any.</summary>
    public TrafficHandle Handle { get; init; }

    /// <summary>The discipline of a link's incoming packets.</summary>
    public static Qdisc Ingress(int linkIndex) => new()
    {
        LinkIndex = linkIndex,
        Kind = new IngressKind(),
        Parent = TrafficHandle.Ingress,
        Handle = TrafficHandle.IngressDiscipline,
    };

    /// <summary>Writes header and attributes.</summary>
    internal void Write(NetlinkWriter writer, bool isDeletion = false)
    {
        writer.WriteHeader(new Tcmsg { Index = LinkIndex, Handle = Handle.Value, Parent = Parent.Value });
        writer.WriteString(Tca.Kind, Kind.Name);
        if (!isDeletion)
        {
            Kind.WriteOptions(writer);
        }
    }
}
