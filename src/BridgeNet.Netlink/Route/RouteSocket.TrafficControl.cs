using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <content>Queueing disciplines and filters.</content>
public sealed partial class RouteSocket
{
    /// <summary>All queueing disciplines, the kernel's defaults among them, or those of a link.</summary>
    /// <param name="linkIndex">The link's index; null for all links. The kernel lists all in either case.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<Qdisc> ListQdiscs(int? linkIndex = null)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetQdisc, NetlinkFlags.Dump))
        {
            writer.WriteHeader(default(Tcmsg));
        }
        IReadOnlyList<Qdisc?> answers = Dump(answer =>
            linkIndex is null || answer.Header<Tcmsg>().Index == linkIndex ? new Qdisc(answer) : null);
        return [.. answers.OfType<Qdisc>()];
    }

    /// <summary>The filters of a queueing discipline; none if there is no such discipline. Of u32 that includes its hash tables.</summary>
    /// <param name="linkIndex">The link's index.</param>
    /// <param name="parent">Where they hang, as <see cref="TrafficHandle.IngressFilters"/>.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<TrafficFilter> ListFilters(int linkIndex, TrafficHandle parent)
    {
        NetlinkWriter writer = Begin();
        using (writer.Message(RtnetlinkType.GetFilter, NetlinkFlags.Dump))
        {
            writer.WriteHeader(new Tcmsg { Index = linkIndex, Parent = parent.Value });
        }
        return Dump(static answer => new TrafficFilter(answer));
    }

    /// <summary>Deletes a queueing discipline with its filters.</summary>
    /// <returns>False if none of its kind hangs there.</returns>
    /// <exception cref="NetlinkException">The kernel refused; ENODEV if there is no such link.</exception>
    public bool DeleteQdisc(Qdisc qdisc) => WasThere(Batch().DeleteQdisc(qdisc));

    /// <summary>Deletes a filter, or all of its priority where it has no handle.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="NetlinkException">The kernel refused; ENODEV if there is no such link.</exception>
    public bool DeleteFilter(TrafficFilter filter) => WasThere(Batch().DeleteFilter(filter));

    /// <summary>The kernel answers EINVAL for a discipline of another kind, for a missing ingress, and for the filters of one.</summary>
    private static bool WasThere(RouteBatch deletion)
    {
        try
        {
            deletion.Execute();
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT or Errno.EINVAL)
        {
            return false;
        }
    }
}
