using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>
/// Our rules in foreign chains. Each has its owner as its comment, and only by that are rules deleted again.
/// </summary>
internal static class ForeignRules
{
    /// <summary>Deletes an owner's rules.</summary>
    /// <param name="transaction">Where the deletion is written.</param>
    /// <param name="rules">The rules of a chain or of many.</param>
    /// <param name="isMeant">Whether a comment is an owner's.</param>
    public static void Delete(NftTransaction transaction, IEnumerable<NftRule> rules, Func<string, bool> isMeant)
    {
        foreach (NftRule rule in rules)
        {
            if (rule is { Handle: { } handle, Comment: { } comment } && isMeant(comment))
            {
                transaction.DeleteRule(rule.Table, rule.Chain, handle);
            }
        }
    }

    /// <summary>Writes the deletion of an owner's rules in every chain.</summary>
    public static void DeleteEverywhere(NetfilterSocket netfilter, NftTransaction transaction, Func<string, bool> isMeant)
    {
        foreach (ForeignTable table in ForeignTables.Read(netfilter, needsSets: false).Where(static table => !table.IsOwned))
        {
            Delete(transaction, table.Rules.SelectMany(static chain => chain), isMeant);
        }
    }
}
