using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>
/// The kind of a link, and its settings: a <see cref="BridgeKind"/>, a <see cref="VethKind"/>, an <see cref="IfbKind"/>, a <see cref="MacvlanKind"/>,
/// an <see cref="IpvlanKind"/>, a <see cref="VrfKind"/>, or any other as a <see cref="GenericKind"/>.
/// </summary>
public abstract record LinkKind
{
    private protected LinkKind(string name) => Name = name;

    /// <summary>The kernel's name of the kind, such as <c>bridge</c>.</summary>
    public string Name { get; }

    /// <summary>Whether there is anything to write into IFLA_INFO_DATA.</summary>
    private protected abstract bool HasData { get; }

    /// <summary>Reads the content of IFLA_LINKINFO.</summary>
    /// <returns>Null if it names no kind, as a port's that has none itself.</returns>
    internal static LinkKind? Read(AttributeList info)
    {
        if (!info.TryFind(IflaInfo.Kind, out AttributeReader kind))
        {
            return null;
        }
        ReadOnlySpan<byte> data = info.TryFind(IflaInfo.Data, out AttributeReader found) ? found.Value : default;
        return kind.ReadString() switch
        {
            BridgeKind.KindName => new BridgeKind(new AttributeList(data)),
            VethKind.KindName => new VethKind(new AttributeList(data)),
            IfbKind.KindName => new IfbKind(),
            MacvlanKind.KindName => new MacvlanKind(new AttributeList(data)),
            IpvlanKind.KindName => new IpvlanKind(new AttributeList(data)),
            VrfKind.KindName => new VrfKind(new AttributeList(data)),
            var other => new GenericKind(other, data.ToArray()),
        };
    }

    /// <summary>Writes the content of IFLA_LINKINFO.</summary>
    internal void Write(NetlinkWriter writer)
    {
        writer.WriteString(IflaInfo.Kind, Name);
        if (HasData)
        {
            using (writer.Nest(IflaInfo.Data))
            {
                WriteData(writer);
            }
        }
    }

    private protected abstract void WriteData(NetlinkWriter writer);
}
