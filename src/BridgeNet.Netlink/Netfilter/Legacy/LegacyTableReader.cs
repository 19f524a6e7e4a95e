namespace BridgeNet.Netlink.Netfilter;

/// <summary>Reads the entries of an iptables or ip6tables table: they follow each other, chain after chain, and jump to offsets.</summary>
internal static class LegacyTableReader
{
    private static readonly string[] s_hookNames = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];

    /// <summary>Reads a table.</summary>
    /// <param name="table">What it is called.</param>
    /// <param name="info">struct ipt_getinfo.</param>
    /// <param name="entries">The entries.</param>
    /// <exception cref="NetlinkFormatException">An entry does not lie within its bounds.</exception>
    public static LegacyTable Read(NftTableId table, ReadOnlySpan<byte> info, ReadOnlySpan<byte> entries)
    {
        LegacyEntryLayout layout = table.Family is NftFamily.IPv6 ? LegacyEntryLayout.IPv6 : LegacyEntryLayout.IPv4;
        Dictionary<int, NftChain> beginnings = Beginnings(table, info, layout, entries);
        HashSet<int> policies = [.. Hooks(info).Select(hook => hook.Policy)];

        List<NftRule> rules = [];
        NftChain? chain = null;
        for (int at = 0; at < entries.Length;)
        {
            LegacyEntry entry = layout.Read(entries, at);
            chain = beginnings.GetValueOrDefault(at, chain!);
            if (chain is not null && !policies.Contains(at) && !entry.IsError)
            {
                rules.Add(new NftRule { Table = table, Chain = chain.Name, Expressions = ValueList.From(Expressions(entry, at, beginnings)) });
            }
            at += entry.Length;
        }
        return new LegacyTable { Id = table, Chains = ValueList.From(beginnings.Values), Rules = ValueList.From(rules) };
    }

    private static Dictionary<int, NftChain> Beginnings(
        NftTableId table, ReadOnlySpan<byte> info, LegacyEntryLayout layout, ReadOnlySpan<byte> entries)
    {
        Dictionary<int, NftChain> beginnings = [];
        foreach ((NftHookPoint point, int first, int policy) in Hooks(info))
        {
            beginnings[first] = new NftChain
            {
                Table = table,
                Name = s_hookNames[(int)point],
                Type = NftChainType.Filter,
                Hook = new NftHook { Point = point, Priority = NftPriority.Filter },
                Policy = layout.Read(entries, policy).Verdict == NftVerdict.Drop ? NftPolicy.Drop : NftPolicy.Accept,
            };
        }
        for (int at = 0; at < entries.Length;)
        {
            LegacyEntry entry = layout.Read(entries, at);
            at += entry.Length;
            if (entry.IsError && at < entries.Length)
            {
                beginnings[at] = new NftChain { Table = table, Name = LegacyEntryLayout.Text(entry.TargetInformation.Bytes) };
            }
        }
        return beginnings;
    }

    private static List<(NftHookPoint Point, int First, int Policy)> Hooks(ReadOnlySpan<byte> info)
    {
        List<(NftHookPoint Point, int First, int Policy)> hooks = [];
        if (info.Length < XtTable.Underflows + (XtTable.Hooks * sizeof(int)))
        {
            int expected = XtTable.Underflows + (XtTable.Hooks * sizeof(int));
            throw new NetlinkFormatException($"the description of a table has {expected} bytes: got {info.Length}");
        }
        int valid = BitConverter.ToInt32(info[XtTable.ValidHooks..]);
        for (int hook = 0; hook < XtTable.Hooks; hook++)
        {
            if ((valid >> hook & 1) != 0)
            {
                int first = BitConverter.ToInt32(info[(XtTable.HookEntries + hook * sizeof(int))..]);
                hooks.Add(((NftHookPoint)hook, first, BitConverter.ToInt32(info[(XtTable.Underflows + hook * sizeof(int))..])));
            }
        }
        return hooks;
    }

    private static List<NftExpression> Expressions(LegacyEntry entry, int at, Dictionary<int, NftChain> beginnings)
    {
        List<NftExpression> expressions = [.. entry.Matches];
        if (entry.Verdict is { } verdict)
        {
            expressions.Add(new VerdictExpression { Verdict = verdict });
        }
        else if (entry.JumpsTo is { } offset)
        {
            // A rule without a target leads to the one behind it.
            if (offset != at + entry.Length && beginnings.TryGetValue(offset, out NftChain? target))
            {
                expressions.Add(new VerdictExpression { Verdict = entry.IsGoto ? NftVerdict.Goto(target.Name) : NftVerdict.Jump(target.Name) });
            }
        }
        else
        {
            expressions.Add(new CompatExpression { IsTarget = true, Extension = entry.Target, Information = entry.TargetInformation });
        }
        return expressions;
    }
}
