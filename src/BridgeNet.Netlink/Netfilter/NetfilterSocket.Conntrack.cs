using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Connection tracking.</summary>
public sealed partial class NetfilterSocket
{
    /// <summary>The number of tracked connections of this namespace, all families. Unlike a listing it does not walk the machine's table.</summary>
    /// <exception cref="NetlinkException">The kernel refused: EINVAL without connection tracking.</exception>
    public long CountConntrack()
    {
        NfGenMessage.Begin(Begin(), NfnlMessage.ConntrackSubsystem, ConntrackMessageType.GetStatistics, NetlinkFlags.None, default).Dispose();
        return Query(static answer =>
            answer.Attributes<NfGenMessage>().TryFind(CtaStatistics.Entries, out AttributeReader entries) ? entries.ReadUInt32BigEndian() : 0L);
    }

    /// <summary>The connections that the kernel keeps track of.</summary>
    /// <param name="family"><see cref="NftFamily.IPv4"/> or <see cref="NftFamily.IPv6"/>.</param>
    /// <exception cref="NetlinkException">The kernel refused: EINVAL without connection tracking.</exception>
    public IReadOnlyList<ConntrackEntry> ListConntrack(NftFamily family)
    {
        NfGenMessage.Begin(Begin(), NfnlMessage.ConntrackSubsystem, ConntrackMessageType.Get, NetlinkFlags.Dump, family).Dispose();
        return [.. Dump(ConntrackCodec.Read).OfType<ConntrackEntry>()];
    }

    /// <summary>Ends a connection: its next packet is the first of a new one. ICMP has no ports, so its entries are not found.</summary>
    /// <param name="original">The tuple of its first packet.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public bool DeleteConntrack(ConntrackTuple original)
    {
        ArgumentNullException.ThrowIfNull(original);
        return DeleteConntrack(new ConntrackEntry { Original = original, Reply = original });
    }

    /// <summary>As <see cref="DeleteConntrack(ConntrackTuple)"/>, of an entry that was listed: not a later one of its tuple.</summary>
    /// <returns>Whether it was still there.</returns>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public bool DeleteConntrack(ConntrackEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        NetlinkWriter writer = Begin();
        NftFamily family = ConntrackCodec.FamilyOf(entry.Original);
        using (NfGenMessage.Begin(writer, NfnlMessage.ConntrackSubsystem, ConntrackMessageType.Delete, NetlinkFlags.None, family))
        {
            ConntrackCodec.WriteKey(writer, entry);
        }
        try
        {
            Execute();
            return true;
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT)
        {
            return false;
        }
    }
}
