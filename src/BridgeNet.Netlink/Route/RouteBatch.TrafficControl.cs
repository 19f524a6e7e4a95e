using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <content>Queueing disciplines and filters.</content>
public readonly ref partial struct RouteBatch
{
    /// <summary>
    /// Adds a queueing discipline; EEXIST if one of that handle is there. Without a handle it is a new one that takes the place of what
    /// is there. ENOENT if the kernel lacks the kind.
    /// </summary>
    public RouteBatch AddQdisc(Qdisc qdisc) => Write(RtnetlinkType.NewQdisc, Add, qdisc);

    /// <summary>
    /// Adds a queueing discipline in the place of what is there: of the same kind, it is changed where it is, and what waits in it stays.
    /// </summary>
    public RouteBatch ReplaceQdisc(Qdisc qdisc) => Write(RtnetlinkType.NewQdisc, Replace, qdisc);

    /// <summary>Deletes a queueing discipline with its filters; EINVAL if another kind or handle is there, ENOENT if nothing is.</summary>
    public RouteBatch DeleteQdisc(Qdisc qdisc) => Write(RtnetlinkType.DeleteQdisc, NetlinkFlags.None, qdisc);

    /// <summary>
    /// Adds a filter; EEXIST if one of that handle is there, EINVAL if its priority is another kind's or nothing is there to hang it on.
    /// ENOENT if the kernel lacks the kind or the action.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is of another kind than u32, or redirects to nothing.</exception>
    public RouteBatch AddFilter(TrafficFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter is { Kind: TrafficFilter.U32, RedirectTo: not null }
            ? Write(RtnetlinkType.NewFilter, Add, filter)
            : throw new InvalidOperationException($"a filter that is added is of kind {TrafficFilter.U32} and redirects to a link: got {filter}");
    }

    /// <summary>Deletes a filter, or all of its priority where it has no handle; ENOENT or EINVAL if there is none.</summary>
    public RouteBatch DeleteFilter(TrafficFilter filter) => Write(RtnetlinkType.DeleteFilter, NetlinkFlags.None, filter);

    private RouteBatch Write(ushort type, NetlinkFlags flags, Qdisc qdisc)
    {
        ArgumentNullException.ThrowIfNull(qdisc);
        using (_writer.Message(type, flags))
        {
            qdisc.Write(_writer, isDeletion: type is RtnetlinkType.DeleteQdisc);
        }
        return this;
    }

    private RouteBatch Write(ushort type, NetlinkFlags flags, TrafficFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using (_writer.Message(type, flags))
        {
            filter.Write(_writer, isDeletion: type is RtnetlinkType.DeleteFilter);
        }
        return this;
    }
}
