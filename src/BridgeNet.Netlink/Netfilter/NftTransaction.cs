using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Changes to nf_tables that the kernel makes together or not at all. Nothing happens before <see cref="Commit"/>.</summary>
/// <remarks>It has a buffer of its own: its socket may be asked other things before it is committed. Not safe for concurrent use.</remarks>
public sealed class NftTransaction
{
    private const NetlinkFlags CreateOnly = NetlinkFlags.Create | NetlinkFlags.Exclusive;

    private readonly NetfilterSocket _socket;
    private NetlinkWriter? _rented;

    internal NftTransaction(NetfilterSocket socket, uint? generation)
    {
        _socket = socket;
        _rented = RequestWriters.Rent();
        using (NfGenMessage.BeginBatch(Writer, NfnlMessage.BatchBegin))
        {
            if (generation is { } expected)
            {
                Writer.WriteUInt32BigEndian(NfnlBatch.Generation, expected);
            }
        }
    }

    /// <summary>How many changes it has so far; one call may need several.</summary>
    public int Count => (int)(Writer.LastSequence - Writer.FirstSequence);

    /// <summary>Its buffer, which is somebody else's after the commit.</summary>
    private NetlinkWriter Writer => _rented ?? throw new InvalidOperationException("the transaction was committed: begin another one");

    /// <summary>Makes a table, if it is not there.</summary>
    public NftTransaction AddTable(NftTable table) => Table(NetlinkFlags.Create, table);

    /// <summary>Makes a table; EEXIST if it is there.</summary>
    public NftTransaction CreateTable(NftTable table) => Table(CreateOnly, table);

    /// <summary>Deletes a table and all that it holds; ENOENT if it is not there.</summary>
    public NftTransaction DeleteTable(NftTableId table)
    {
        using (Begin(NftMessageType.DeleteTable, NetlinkFlags.None, table))
        {
            Writer.WriteString(NftaTable.Name, table.Name);
        }
        return this;
    }

    /// <summary>Makes a chain if it is not there, or changes its policy.</summary>
    public NftTransaction AddChain(NftChain chain) => Chain(NetlinkFlags.Create, chain);

    /// <summary>Makes a chain; EEXIST if it is there.</summary>
    public NftTransaction CreateChain(NftChain chain) => Chain(CreateOnly, chain);

    /// <summary>Deletes a chain with its rules; EBUSY while another rule or map leads to it.</summary>
    public NftTransaction DeleteChain(NftTableId table, string chain)
    {
        using (Begin(NftMessageType.DeleteChain, NetlinkFlags.None, table))
        {
            Writer.WriteString(NftaChain.Table, table.Name);
            Writer.WriteString(NftaChain.Name, chain);
        }
        return this;
    }

    /// <summary>Deletes the rules of a chain.</summary>
    public NftTransaction FlushChain(NftTableId table, string chain) => DeleteRules(table, chain, handle: null);

    /// <summary>Makes a rule at its chain's end, or behind <see cref="NftRule.Position"/>.</summary>
    public NftTransaction AddRule(NftRule rule) => Rule(NetlinkFlags.Create | NetlinkFlags.Append, rule with { Handle = null });

    /// <summary>Makes a rule at its chain's beginning, or before <see cref="NftRule.Position"/>.</summary>
    public NftTransaction InsertRule(NftRule rule) => Rule(NetlinkFlags.Create, rule with { Handle = null });

    /// <summary>Puts a rule in the place of that which has its <see cref="NftRule.Handle"/>.</summary>
    /// <exception cref="ArgumentException">It has no handle.</exception>
    public NftTransaction ReplaceRule(NftRule rule) => rule.Handle is null
        ? throw new ArgumentException("the rule names no handle to replace", nameof(rule))
        : Rule(NetlinkFlags.Replace, rule with { Position = null });

    /// <summary>Deletes a rule; ENOENT if it is not there.</summary>
    public NftTransaction DeleteRule(NftTableId table, string chain, ulong handle) => DeleteRules(table, chain, handle);

    /// <summary>Makes a set or map, if it is not there.</summary>
    public NftTransaction AddSet(NftSet set) => Set(NetlinkFlags.Create, set);

    /// <summary>Makes a set or map; EEXIST if it is there.</summary>
    public NftTransaction CreateSet(NftSet set) => Set(CreateOnly, set);

    /// <summary>Deletes a set or map; EBUSY while a rule uses it.</summary>
    public NftTransaction DeleteSet(NftTableId table, string set)
    {
        using (Begin(NftMessageType.DeleteSet, NetlinkFlags.None, table))
        {
            Writer.WriteString(NftaSet.Table, table.Name);
            Writer.WriteString(NftaSet.Name, set);
        }
        return this;
    }

    /// <summary>Adds elements to a set or map.</summary>
    /// <param name="table">The set's table.</param>
    /// <param name="set">The set's name.</param>
    /// <param name="elements">Any number.</param>
    /// <param name="exclusive">
    /// Whether the kernel answers EEXIST if an element is already there. Otherwise it keeps that element; for a map it still answers EEXIST
    /// if the element's data differ.
    /// </param>
    /// <param name="setId">The set's number, where an anonymous one is made in this transaction.</param>
    public NftTransaction AddElements(
        NftTableId table, string set, scoped ReadOnlySpan<NftElement> elements, bool exclusive = false, uint? setId = null)
    {
        NetlinkFlags flags = exclusive ? CreateOnly : NetlinkFlags.Create;
        while (!elements.IsEmpty)
        {
            using (Begin(NftMessageType.NewElement, flags, table))
            {
                NftElementListCodec.Write(Writer, table, set, ref elements, NftElementCodec.Write, setId);
            }
        }
        return this;
    }

    /// <summary>Deletes elements by their keys; ENOENT if one is not there.</summary>
    public NftTransaction DeleteElements(NftTableId table, string set, scoped ReadOnlySpan<NftElement> elements)
    {
        while (!elements.IsEmpty)
        {
            using (Begin(NftMessageType.DeleteElement, NetlinkFlags.None, table))
            {
                NftElementListCodec.Write(Writer, table, set, ref elements, NftElementCodec.WriteKey);
            }
        }
        return this;
    }

    /// <summary>Deletes all elements of a set or map.</summary>
    public NftTransaction FlushSet(NftTableId table, string set)
    {
        using (Begin(NftMessageType.DeleteElement, NetlinkFlags.None, table))
        {
            Writer.WriteString(NftaSetElementList.Table, table.Name);
            Writer.WriteString(NftaSetElementList.Set, set);
        }
        return this;
    }

    /// <summary>Makes a counter or quota, if it is not there.</summary>
    public NftTransaction AddObject(NftObject obj)
    {
        using (Begin(NftMessageType.NewObject, NetlinkFlags.Create, obj.Table))
        {
            NftObjectCodec.Write(Writer, obj);
        }
        return this;
    }

    /// <summary>Deletes a counter or quota; EBUSY while a rule uses it.</summary>
    public NftTransaction DeleteObject(NftObject obj)
    {
        using (Begin(NftMessageType.DeleteObject, NetlinkFlags.None, obj.Table))
        {
            Writer.WriteString(NftaObject.Table, obj.Table.Name);
            Writer.WriteString(NftaObject.Name, obj.Name);
            Writer.WriteUInt32BigEndian(NftaObject.Type, (uint)obj.Type);
        }
        return this;
    }

    /// <summary>Has the kernel make all changes, or none. One without changes asks nothing. Whatever comes of it, the transaction is over.</summary>
    /// <exception cref="NetlinkException">
    /// The first change that failed, named; EPERM without CAP_NET_ADMIN; ERESTART if the generation has changed.
    /// </exception>
    /// <exception cref="InvalidOperationException">It was committed before.</exception>
    public void Commit()
    {
        NetlinkWriter writer = Writer;
        try
        {
            if (Count > 0)
            {
                writer.RequestAcknowledgement();
                NfGenMessage.BeginBatch(writer, NfnlMessage.BatchEnd).Dispose();
                _socket.Commit(writer);
            }
        }
        finally
        {
            _rented = null;
            RequestWriters.Return(writer);
        }
    }

    private NftTransaction Table(NetlinkFlags flags, NftTable table)
    {
        using (Begin(NftMessageType.NewTable, flags, table.Id))
        {
            NftTableCodec.Write(Writer, table with { Handle = null });
        }
        return this;
    }

    private NftTransaction Chain(NetlinkFlags flags, NftChain chain)
    {
        using (Begin(NftMessageType.NewChain, flags, chain.Table))
        {
            NftChainCodec.Write(Writer, chain with { Handle = null });
        }
        return this;
    }

    private NftTransaction Rule(NetlinkFlags flags, NftRule rule)
    {
        using (Begin(NftMessageType.NewRule, flags, rule.Table))
        {
            NftRuleCodec.Write(Writer, rule);
        }
        return this;
    }

    private NftTransaction DeleteRules(NftTableId table, string chain, ulong? handle)
    {
        using (Begin(NftMessageType.DeleteRule, NetlinkFlags.None, table))
        {
            Writer.WriteString(NftaRule.Table, table.Name);
            Writer.WriteString(NftaRule.Chain, chain);
            if (handle is { } one)
            {
                Writer.WriteUInt64BigEndian(NftaRule.Handle, one);
            }
        }
        return this;
    }

    private NftTransaction Set(NetlinkFlags flags, NftSet set)
    {
        using (Begin(NftMessageType.NewSet, flags, set.Table))
        {
            NftSetCodec.Write(Writer, set with { Handle = null, Id = set.Id ?? _socket.NextSetId() });
        }
        return this;
    }

    private NetlinkMessageScope Begin(byte type, NetlinkFlags flags, NftTableId table) =>
        NfGenMessage.Begin(Writer, NfnlMessage.TablesSubsystem, type, flags, table.Family);
}
