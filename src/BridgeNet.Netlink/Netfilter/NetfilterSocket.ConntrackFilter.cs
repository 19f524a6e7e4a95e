using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Connection tracking by what is known of connections.</summary>
public sealed partial class NetfilterSocket
{
    /// <summary>The connections that a filter means.</summary>
    /// <remarks>
    /// The kernel is asked to leave out what differs (since Linux 5.8); each answer is compared here all the same, since older kernels
    /// list everything. What is known of the replies is compared here alone: kernels before 5.16 compare it with nothing.
    /// </remarks>
    /// <exception cref="ArgumentException">The filter can match nothing.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<ConntrackEntry> ListConntrack(ConntrackFilter filter)
    {
        ConntrackFilter.Validate(filter);
        return [.. ListNarrowed(filter).Where(filter.Matches)];
    }

    /// <summary>Ends the connections that a filter means: the next packet of each is the first of a new one.</summary>
    /// <remarks>
    /// One message where the kernel does it alone (since Linux 6.12) and rightly: not with IPv6 addresses, nor ports of other protocols
    /// than TCP and UDP. Else they are listed and deleted one by one.
    /// </remarks>
    /// <exception cref="ArgumentException">The filter can match nothing.</exception>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public void DeleteConntrack(ConntrackFilter filter)
    {
        ConntrackFilter.Validate(filter);
        if (!filter.CanBeFlushed || !TryFlush(filter))
        {
            _ = DeleteEach(ListConntrack(filter));
        }
    }

    /// <summary>Ends the connections of a family that are meant, for questions which no filter can ask: the table is listed once.</summary>
    /// <param name="family"><see cref="NftFamily.IPv4"/> or <see cref="NftFamily.IPv6"/>.</param>
    /// <param name="isMeant">Whether a connection is to end.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public int DeleteConntrack(NftFamily family, Func<ConntrackEntry, bool> isMeant)
    {
        ArgumentNullException.ThrowIfNull(isMeant);
        return DeleteEach([.. ListConntrack(family).Where(isMeant)]);
    }

    private int DeleteEach(IReadOnlyList<ConntrackEntry> entries) => entries.Count(DeleteConntrack);

    /// <returns>False if this kernel does not flush by filter; nothing was deleted.</returns>
    private bool TryFlush(ConntrackFilter filter)
    {
        NetlinkWriter writer = Begin();
        using (NfGenMessage.Begin(writer, NfnlMessage.ConntrackSubsystem, ConntrackMessageType.Delete, NetlinkFlags.None, filter.Family))
        {
            ConntrackFilterCodec.Write(writer, filter.Original, filter.Reply);
        }
        try
        {
            Execute();
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.EINVAL or Errno.EOPNOTSUPP or Errno.ENOENT)
        {
            return false; // the tuple was taken for that of one connection
        }
    }

    private IReadOnlyList<ConntrackEntry> ListNarrowed(ConntrackFilter filter)
    {
        if (filter.Original is null)
        {
            return ListConntrack(filter.Family);
        }
        NetlinkWriter writer = Begin();
        using (NfGenMessage.Begin(writer, NfnlMessage.ConntrackSubsystem, ConntrackMessageType.Get, NetlinkFlags.Dump, filter.Family))
        {
            ConntrackFilterCodec.Write(writer, ConntrackFilterCodec.Trusted(filter.Family, filter.Original), reply: null);
        }
        try
        {
            return [.. Dump(ConntrackCodec.Read).OfType<ConntrackEntry>()];
        }
        catch (NetlinkException error) when (error.Errno is Errno.EINVAL or Errno.EOPNOTSUPP)
        {
            return ListConntrack(filter.Family);
        }
    }
}
