using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>Which link: by index, which names one link of a namespace for its life, or by name.</summary>
public readonly record struct LinkSelector
{
    private LinkSelector(int index, InterfaceName name)
    {
        Index = index;
        Name = name;
    }

    /// <summary>The index; 0 if it is by name.</summary>
    public int Index { get; }

    /// <summary>The name; empty if it is by index.</summary>
    public InterfaceName Name { get; }

    /// <summary>The link of this number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public static LinkSelector ByIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        return new LinkSelector(index, default);
    }

    /// <summary>The link of this name.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static LinkSelector ByName(InterfaceName name) =>
        name.IsEmpty ? throw new ArgumentException("a link's name is empty", nameof(name)) : new LinkSelector(0, name);

    /// <summary>That link, by its index where it has one.</summary>
    /// <exception cref="ArgumentException">It has neither index nor name.</exception>
    public static LinkSelector Of(Link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link.Index > 0 ? ByIndex(link.Index) : ByName(link.Name);
    }

    /// <summary>The name, or <c>#5</c>.</summary>
    public override string ToString() => Name.IsEmpty ? $"#{Index}" : Name.ToString();

    /// <summary>The message's header.</summary>
    /// <exception cref="InvalidOperationException">It is <c>default</c>, which selects nothing.</exception>
    internal void WriteHeader(NetlinkWriter writer, LinkFlags flags = LinkFlags.None, LinkFlags change = LinkFlags.None)
    {
        if (this == default)
        {
            throw new InvalidOperationException("a link is selected by its index or its name: got neither");
        }
        writer.WriteHeader(new Ifinfomsg { Index = Index, Flags = flags, Change = change });
        writer.WriteName(Ifla.InterfaceName, Name);
    }
}
