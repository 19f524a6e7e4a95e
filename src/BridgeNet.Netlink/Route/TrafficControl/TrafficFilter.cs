namespace BridgeNet.Netlink.Route;

/// <summary>A filter of a queueing discipline: here, one that hands every packet to another link.</summary>
public sealed partial record TrafficFilter
{
    internal const string U32 = "u32";

    /// <summary>A filter, to be filled in by an initializer.</summary>
    public TrafficFilter()
    {
    }

    /// <summary>The link's index.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>Where it hangs; by default <see cref="TrafficHandle.IngressFilters"/>.</summary>
    public TrafficHandle Parent { get; init; } = TrafficHandle.IngressFilters;

    /// <summary>Its place among the filters, the smallest first; all of one priority are of one kind. 0 lets the kernel find one.</summary>
    public required ushort Priority { get; init; }

    /// <summary>Its number among those of its priority; by default 0, which lets the kernel find one, and in a deletion means all of them.</summary>
    public uint Handle { get; init; }

    /// <summary>The kernel's name of its kind; by default <c>u32</c>, the only kind that can be added.</summary>
    public string Kind { get; init; } = U32;

    /// <summary>
    /// The index of the link that every packet is handed to, as if that link sent it: 0 once it is gone. Null for a filter that does
    /// anything else.
    /// </summary>
    public int? RedirectTo { get; init; }
}
