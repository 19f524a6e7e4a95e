using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>One of our tables as it is to be. Chains and sets that somebody added stay; rules that somebody put into our chains do not.</summary>
/// <param name="Id">The table.</param>
/// <param name="Sets">Its sets and maps.</param>
/// <param name="Chains">Its chains, those that others lead to before them.</param>
/// <param name="Rules">Its rules, in their order within each chain.</param>
internal sealed record AuditedTable(NftTableId Id, ValueList<NftSet> Sets, ValueList<NftChain> Chains, ValueList<NftRule> Rules)
{
    /// <summary>What is to be done to a table that is there.</summary>
    public TableDifference Compare(TableContent there, FirewallMemory memory)
    {
        TableDifference difference = new(Id);
        foreach (NftSet set in Sets)
        {
            Compare(set, there.Sets.GetValueOrDefault(set.Name), difference);
        }
        foreach (NftChain chain in Chains)
        {
            Compare(chain, there.Chains.GetValueOrDefault(chain.Name), difference);
            Compare(chain.Name, [.. there.Rules[chain.Name]], difference);
        }
        Compare(there, memory, difference);
        return difference;
    }

    private static void Compare(NftSet wanted, NftSet? there, TableDifference difference)
    {
        if (there is null)
        {
            difference.Add(wanted);
        }
        else if ((wanted.TypeOf.Length == 0 && there.KeyTypes.Sum(type => type.Length) != wanted.KeyTypes.Sum(type => type.Length)) // typeof is never read back
            || there.IsMap != wanted.IsMap || there.Flags != wanted.Flags || there.HasCounters != wanted.HasCounters)
        {
            difference.GiveUp($"set {wanted.Name} is of another type");
        }
    }

    private static void Compare(NftChain wanted, NftChain? there, TableDifference difference)
    {
        if (there is null)
        {
            difference.Add(wanted);
        }
        else if (there.Type != wanted.Type || there.Hook != wanted.Hook)
        {
            difference.GiveUp($"chain {wanted.Name} is hooked in elsewhere");
        }
        else if (there.Policy != wanted.Policy)
        {
            difference.SetPolicy(wanted);
        }
    }

    private void Compare(string chain, NftRule[] there, TableDifference difference)
    {
        NftRule[] wanted = [.. Rules.Where(rule => string.Equals(rule.Chain, chain, StringComparison.Ordinal))];
        if (!wanted.Select(rule => rule.Expressions).SequenceEqual(there.Select(rule => rule.Expressions)))
        {
            difference.Rewrite(chain, wanted, there.Length);
        }
    }

    private void Compare(TableContent there, FirewallMemory memory, TableDifference difference)
    {
        Dictionary<(NftTableId, string, NftValue, NftValue?, bool), TableElement> wanted = memory.Made.Elements()
            .Where(element => element.Table == Id)
            .ToDictionary(element => element.Identity);
        HashSet<(NftTableId, string, NftValue, NftValue?, bool)> underway =
        [
            .. memory.Making.Elements().Concat(memory.Ending.Elements()).Select(element => element.Identity),
        ];
        HashSet<string> ours = [.. Sets.Select(set => set.Name)];
        foreach (TableElement element in there.Elements.Where(element => ours.Contains(element.Set)))
        {
            if (!wanted.Remove(element.Identity, out TableElement like))
            {
                if (!memory.HasGaps && !underway.Contains(element.Identity))
                {
                    difference.Remove(element);
                }
            }
            else if (!IsAlike(element.Element, like.Element))
            {
                difference.Remove(element);
                difference.Add(like);
            }
        }
        foreach (TableElement missing in wanted.Values)
        {
            difference.Add(missing);
        }
    }

    private static bool IsAlike(NftElement there, NftElement wanted) =>
        there.Data == wanted.Data && there.Verdict == wanted.Verdict && string.Equals(there.Comment, wanted.Comment, StringComparison.Ordinal);
}
