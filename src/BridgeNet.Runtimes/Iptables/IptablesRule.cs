using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes;

/// <summary>
/// Reads rules of iptables-nft by what they say. Its releases differ in how they write one rule: the protocol is compared before or behind the
/// addresses, by meta or by the header's byte, and an interface's name with or without what follows its end.
/// </summary>
internal static class IptablesRule
{
    private const uint IPv4ProtocolOffset = 9;

    /// <summary>Whether two rules do the same, whatever their counters say.</summary>
    public static bool IsSame(NftRule left, NftRule right)
    {
        List<ValueList<NftExpression>> one = Parts(left), other = Parts(right);
        return one.Count == other.Count && one.All(other.Contains);
    }

    /// <summary>Whether a rule compares what another one compares, among other things.</summary>
    public static bool Mentions(NftRule rule, NftRule conditions) => Parts(conditions).All(Parts(rule).Contains);

    /// <summary>The address to which a rule translates; null if it does not.</summary>
    public static IPAddress? TranslationOf(NftRule rule) => rule.Expressions.OfType<CompatExpression>()
        .Select(expression => XtExtension.ReadDestinationNat(expression, rule.Table.Family))
        .FirstOrDefault(address => address is not null);

    /// <summary>Each condition from what it loads to what it compares that with; extensions and verdicts.</summary>
    private static List<ValueList<NftExpression>> Parts(NftRule rule)
    {
        List<ValueList<NftExpression>> parts = [];
        List<NftExpression> part = [];
        foreach (NftExpression expression in rule.Expressions.Where(expression => expression is not CounterExpression))
        {
            part.Add(Plain(expression, isName: part is [MetaExpression { Key: MetaKey.InputInterfaceName or MetaKey.OutputInterfaceName }]));
            if (expression is not (MetaExpression or PayloadExpression or CtExpression or FibExpression or BitwiseExpression or ByteOrderExpression))
            {
                parts.Add(ValueList.From(part));
                part = [];
            }
        }
        return parts;
    }

    private static NftExpression Plain(NftExpression expression, bool isName) => expression switch
    {
        CompareExpression compare when isName => compare with { Value = new NftValue(compare.Value.Bytes.TrimEnd((byte)0)) },
        PayloadExpression { Base: PayloadBase.NetworkHeader, Offset: IPv4ProtocolOffset, Length: 1 } payload =>
            new MetaExpression { Key = MetaKey.TransportProtocol, Register = payload.Register },
        _ => expression,
    };
}
