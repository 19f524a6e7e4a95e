using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Tables;

/// <summary>
/// A table of ours as it is to be: its constant sets, chains and rules. Containers and ports are elements. Chains and sets that somebody added
/// stay; rules that somebody put into our chains do not.
/// </summary>
/// <param name="Id">The table.</param>
/// <param name="Sets">Its sets and maps.</param>
/// <param name="Chains">Its chains, those that others lead to before them.</param>
/// <param name="Rules">Its rules, in their order within each chain.</param>
internal sealed record TableLayout(NftTableId Id, ValueList<NftSet> Sets, ValueList<NftChain> Chains, ValueList<NftRule> Rules)
{
    /// <summary>Writes what makes the table; EEXIST if it is there.</summary>
    /// <param name="transaction">Where it is written.</param>
    /// <param name="flags">What is special about the table.</param>
    public void Create(NftTransaction transaction, NftTableFlags flags = NftTableFlags.None)
    {
        transaction.CreateTable(new NftTable { Id = Id, Flags = flags });
        foreach (NftSet set in Sets)
        {
            transaction.AddSet(set);
        }
        foreach (NftChain chain in Chains)
        {
            transaction.AddChain(chain);
        }
        foreach (NftRule rule in Rules)
        {
            transaction.AddRule(rule);
        }
    }

    /// <summary>What is to be done to a table that is there.</summary>
    /// <param name="there">The table as it is.</param>
    /// <param name="expected">What it is to hold; what is there is taken off it.</param>
    public TableDifference Compare(TableContent there, TableExpectation expected)
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
        foreach (NftSet set in Sets)
        {
            Compare(there.ElementsOf.GetValueOrDefault(set.Name) ?? [], expected, difference);
        }
        foreach (TableElement missing in expected.Missing())
        {
            difference.Add(missing);
        }
        return difference;
    }

    private static void Compare(NftSet wanted, NftSet? there, TableDifference difference)
    {
        if (there is null)
        {
            difference.Add(wanted);
        }
        else if ((wanted.TypeOf.Length == 0 && LengthOf(there) != LengthOf(wanted)) // typeof is never read back
            || there.IsMap != wanted.IsMap || there.Flags != wanted.Flags || there.HasCounters != wanted.HasCounters)
        {
            difference.GiveUp($"set {wanted.Name} is of another type");
        }
    }

    private static int LengthOf(NftSet set) => set.KeyTypes.Sum(type => type.Length);

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
        if (!wanted.Select(rule => rule.Expressions).SequenceEqual(there.Select(rule => rule.Expressions))
            && !wanted.Select(Effective).SequenceEqual(there.Select(Effective)))
        {
            difference.Rewrite(chain, wanted, there.Length);
        }
    }

    /// <summary>A rule without what has no effect: nft 1.0 turns numbers of one byte round, two bytes each, when it loads a rule.</summary>
    private static ValueList<NftExpression> Effective(NftRule rule) =>
        [.. rule.Expressions.Where(expression => expression is not ByteOrderExpression { Length: var length, Size: var size } || length >= size)];

    private static void Compare(TableElement[] there, TableExpectation expected, TableDifference difference)
    {
        foreach (TableElement element in there)
        {
            if (expected.Take(element) is not { } wanted)
            {
                if (!expected.MayStay(element))
                {
                    difference.Remove(element);
                }
            }
            else if (!IsAlike(element.Element, wanted.Element))
            {
                difference.Remove(element);
                difference.Add(wanted);
            }
        }
    }

    /// <summary>Whether two elements of one key say the same.</summary>
    private static bool IsAlike(NftElement there, NftElement wanted) =>
        there.Data == wanted.Data
        && there.Verdict == wanted.Verdict
        && (there.UserData == wanted.UserData || string.Equals(there.Comment, wanted.Comment, StringComparison.Ordinal));
}
