using BridgeNet.Native;
using BridgeNet.Netlink.Tracing;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>A conversation with nfnetlink: nf_tables and connection tracking. Not safe for concurrent use.</summary>
/// <remarks>Changes go through a <see cref="Transaction"/>, all or nothing; what is read needs CAP_NET_ADMIN too.</remarks>
public sealed partial class NetfilterSocket : NetlinkSocket
{
    /// <summary>How often a disturbed listing is begun again. Where transactions are refused all the time, one in ten is disturbed.</summary>
    private const int ListAttempts = 32;

    private uint _lastSetId;

    /// <summary>A conversation over a transport: the kernel's, or a test's.</summary>
    internal NetfilterSocket(INetlinkTransport transport)
        : base(transport)
    {
    }

    /// <summary>Opens a socket in the calling thread's network namespace, to which it belongs for life.</summary>
    /// <exception cref="KernelException">EPROTONOSUPPORT if the kernel has no nfnetlink.</exception>
    public static NetfilterSocket Open() => OpenOn(new KernelTransport(NetlinkProtocol.Netfilter));

    /// <summary>Opens a socket in another network namespace, without moving the calling thread for longer than that takes.</summary>
    /// <returns>Null if the thread may not go there or could not come back: then a thread of its own is to <see cref="Open"/> it there.</returns>
    public static NetfilterSocket? TryOpenIn(FileDescriptor networkNamespace) =>
        NetlinkDescriptor.TryOpenIn(networkNamespace, NetlinkProtocol.Netfilter) is { } socket ? OpenOn(new KernelTransport(socket)) : null;

    /// <summary>Begins a transaction, which its commit sends. The socket may be asked other things meanwhile.</summary>
    /// <param name="generation">
    /// The <see cref="Generation"/> that it was made for: if the ruleset has changed meanwhile, the commit fails with ERESTART. Null does not ask.
    /// </param>
    public NftTransaction Transaction(uint? generation = null) => new(this, generation);

    /// <summary>The number of the ruleset's state in this namespace, which every transaction of anybody's raises.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public uint Generation()
    {
        Get(NftMessageType.GetGeneration, NetlinkFlags.None, default, out _).Dispose();
        return Query(static message =>
            message.Attributes<NfGenMessage>().TryFind(NftaGeneration.Id, out AttributeReader id) ? id.ReadUInt32BigEndian() : 0);
    }

    /// <summary>All tables of all families.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftTable> ListTables()
    {
        Get(NftMessageType.GetTable, NetlinkFlags.Dump, default, out _).Dispose();
        return Dump(NftTableCodec.Read);
    }

    /// <summary>A table; null if there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public NftTable? TryGetTable(NftTableId table)
    {
        using (Get(NftMessageType.GetTable, NetlinkFlags.None, table.Family, out NetlinkWriter writer))
        {
            writer.WriteString(NftaTable.Name, table.Name);
        }
        return TryQuery(NftTableCodec.Read);
    }

    /// <summary>The chains of a table; none if there is no such table.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftChain> ListChains(NftTableId table)
    {
        using (Get(NftMessageType.GetChain, NetlinkFlags.Dump, table.Family, out NetlinkWriter writer))
        {
            writer.WriteString(NftaChain.Table, table.Name);
        }
        return [.. Dump(NftChainCodec.Read).Where(chain => chain.Table == table)];
    }

    /// <summary>The rules of a table or of one of its chains, in their order; none if there is no such table or chain.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftRule> ListRules(NftTableId table, string? chain = null)
    {
        using (Get(NftMessageType.GetRule, NetlinkFlags.Dump, table.Family, out NetlinkWriter writer))
        {
            writer.WriteString(NftaRule.Table, table.Name);
            if (chain is not null)
            {
                writer.WriteString(NftaRule.Chain, chain);
            }
        }
        return [.. Dump(NftRuleCodec.Read)
            .Where(rule => rule.Table == table && (chain is null || string.Equals(rule.Chain, chain, StringComparison.Ordinal)))];
    }

    /// <summary>The sets and maps of a table; none if there is no such table.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftSet> ListSets(NftTableId table)
    {
        using (Get(NftMessageType.GetSet, NetlinkFlags.Dump, table.Family, out NetlinkWriter writer))
        {
            writer.WriteString(NftaSet.Table, table.Name);
        }
        return TryDump(NftSetCodec.Read) is { } sets ? [.. sets.Where(set => set.Table == table)] : [];
    }

    /// <summary>A set or map; null if there is none.</summary>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public NftSet? TryGetSet(NftTableId table, string name)
    {
        using (Get(NftMessageType.GetSet, NetlinkFlags.None, table.Family, out NetlinkWriter writer))
        {
            writer.WriteString(NftaSet.Table, table.Name);
            writer.WriteString(NftaSet.Name, name);
        }
        return TryQuery(NftSetCodec.Read);
    }

    /// <summary>The elements of a set or map.</summary>
    /// <remarks>
    /// The kernel lists a large set in parts, and remembers how many elements it has walked past. Those of a transaction that it then refuses count,
    /// too, and a hash is rebuilt in the background. So it lists some elements twice or not at all, and does not say so: nothing was changed, and the
    /// generation stays. A listing in several parts is believed when a second one says the same.
    /// </remarks>
    /// <exception cref="NetlinkException">ENOENT: no such table or set. EINTR: no two attempts in succession said the same.</exception>
    public IReadOnlyList<NftElement> ListElements(NftTableId table, string set)
    {
        List<NftElement>? former = null;
        for (int attempt = 0; attempt < ListAttempts; attempt++)
        {
            List<NftElement> elements = ListElementsOnce(table, set, out bool isInParts);
            if (!HasTwins(elements))
            {
                if (!isInParts || (former is not null && AreSame(former, elements)))
                {
                    return elements;
                }
                former = elements;
            }
        }
        throw new NetlinkException(Errno.EINTR, $"list all elements of {table}/{set}", $"it was disturbed during each of {ListAttempts} attempts");
    }

    /// <summary>The element of a key, in sets of ranges that whose range holds it; null if there is none, or no such set.</summary>
    /// <param name="table">The set's table.</param>
    /// <param name="set">The set.</param>
    /// <param name="key">The key.</param>
    /// <param name="isIntervalEnd">In sets of plain ranges, whether the one that ends a range there, or the next that does, is asked for.</param>
    /// <exception cref="NetlinkException">The kernel refused for another reason.</exception>
    public NftElement? TryGetElement(NftTableId table, string set, NftValue key, bool isIntervalEnd = false)
    {
        using (Get(NftMessageType.GetElement, NetlinkFlags.None, table.Family, out NetlinkWriter writer))
        {
            ReadOnlySpan<NftElement> elements = [new NftElement { Key = key, IsIntervalEnd = isIntervalEnd }];
            NftElementListCodec.Write(writer, table, set, ref elements, NftElementCodec.WriteKey);
        }
        return TryQuery(NftElementListCodec.Read)?.FirstOrDefault();
    }

    /// <summary>The counters and quotas of a table; none if there is no such table.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NftObject> ListObjects(NftTableId table)
    {
        using (Get(NftMessageType.GetObject, NetlinkFlags.Dump, table.Family, out NetlinkWriter writer))
        {
            writer.WriteString(NftaObject.Table, table.Name);
        }
        return [.. Dump(NftObjectCodec.Read).OfType<NftObject>().Where(obj => obj.Table == table)];
    }

    /// <summary>A number for a set within a transaction.</summary>
    internal uint NextSetId() => ++_lastSetId;

    /// <inheritdoc/>
    internal override string Describe(NetlinkMessage request) => NetfilterRequest.Describe(request);

    private static NetfilterSocket OpenOn(KernelTransport transport) => new(NetlinkTrace.Watch(transport, NetlinkProtocol.Netfilter));

    /// <summary>Sends a transaction's messages.</summary>
    internal void Commit(NetlinkWriter transaction) => ExecuteWritten(transaction);

    private NetlinkMessageScope Get(byte type, NetlinkFlags flags, NftFamily family, out NetlinkWriter writer)
    {
        writer = Begin();
        return NfGenMessage.Begin(writer, NfnlMessage.TablesSubsystem, type, flags, family);
    }

    /// <param name="table">The set's table.</param>
    /// <param name="set">The set.</param>
    /// <param name="isInParts">Whether it took several messages: others may have come between them.</param>
    private List<NftElement> ListElementsOnce(NftTableId table, string set, out bool isInParts)
    {
        using (Get(NftMessageType.GetElement, NetlinkFlags.Dump, table.Family, out NetlinkWriter writer))
        {
            writer.WriteString(NftaSetElementList.Table, table.Name);
            writer.WriteString(NftaSetElementList.Set, set);
        }
        IReadOnlyList<List<NftElement>> messages = Dump(NftElementListCodec.Read);
        isInParts = messages.Count > 1;
        List<NftElement> all = messages.Count > 0 ? messages[0] : [];
        all.EnsureCapacity(messages.Sum(static message => message.Count));
        foreach (List<NftElement> message in messages.Skip(1))
        {
            all.AddRange(message);
        }
        return all;
    }

    /// <summary>Whether two listings have the same elements in the same order; counters may go on meanwhile.</summary>
    private static bool AreSame(List<NftElement> one, List<NftElement> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }
        for (int i = 0; i < one.Count; i++)
        {
            if (one[i].Key != other[i].Key || one[i].KeyEnd != other[i].KeyEnd || one[i].IsIntervalEnd != other[i].IsIntervalEnd)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether an element is listed twice. Ranges are in no hash.</summary>
    private static bool HasTwins(List<NftElement> elements)
    {
        HashSet<NftValue> keys = new(elements.Count);
        foreach (NftElement element in elements)
        {
            if (element.IsIntervalEnd || element.KeyEnd is not null)
            {
                return false;
            }
            if (!keys.Add(element.Key))
            {
                return true;
            }
        }
        return false;
    }

    private T? TryQuery<T>(AnswerReader<T> reader)
        where T : class
    {
        try
        {
            return Query(reader);
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT)
        {
            return null;
        }
    }

    private IReadOnlyList<T>? TryDump<T>(AnswerReader<T> reader)
    {
        try
        {
            return Dump(reader);
        }
        catch (NetlinkException error) when (error.Errno is Errno.ENOENT)
        {
            return null;
        }
    }
}
