using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>What a rule certainly does with packets like a sample.</summary>
/// <param name="Verdict">Its verdict.</param>
/// <param name="Word">The verdict as a word: <c>drops</c>, <c>rejects</c>.</param>
internal sealed record RuleEffect(NftVerdict Verdict, string Word)
{
    private static readonly NftVerdict s_nothing = NftVerdict.Continue;

    /// <summary>Reads a rule. A rule that matches anything unknown has no certain effect.</summary>
    public static RuleEffect? Of(NftRule rule, ForeignTable table, ForwardSample sample)
    {
        PacketRegisters registers = new(sample);
        foreach (NftExpression expression in rule.Expressions)
        {
            switch (expression)
            {
                case VerdictExpression decision:
                    return new RuleEffect(decision.Verdict, "drops");
                case RejectExpression or CompatExpression { IsTarget: true, Extension: "REJECT" }:
                    return new RuleEffect(NftVerdict.Drop, "rejects");
                case LookupExpression { Target: NftRegister.Verdict } map:
                    return VerdictOf(map, table, registers) is { } verdict ? new RuleEffect(verdict, "drops") : null;
                default:
                    if (!GoesOn(expression, table, registers, sample))
                    {
                        return null;
                    }
                    break;
            }
        }
        return new RuleEffect(s_nothing, "counts");
    }

    private static bool GoesOn(NftExpression expression, ForeignTable table, PacketRegisters registers, ForwardSample sample)
    {
        switch (expression)
        {
            case MetaExpression meta: registers.Load(meta); return true;
            case CtExpression ct: registers.Load(ct); return true;
            case ImmediateExpression immediate: registers.Load(immediate); return true;
            case BitwiseExpression bitwise: registers.Load(bitwise); return true;
            case PayloadExpression payload: registers.Forget(payload.Register); return true;
            case FibExpression fib: registers.Forget(fib.Register); return true;
            case ByteOrderExpression order: registers.Forget(order.Target); return true;
            case CounterExpression or LogExpression or MetaSetExpression or CtSetExpression: return true;
            case ObjectReferenceExpression { Type: NftObjectType.Counter }: return true;
            case CompareExpression { Operator: CompareOperator.Equal } equal: return registers.Equal(equal.Register, equal.Value) is true;
            case CompareExpression { Operator: CompareOperator.NotEqual } unequal: return registers.Equal(unequal.Register, unequal.Value) is false;
            case LookupExpression { Target: null } lookup: return IsIn(lookup, table, registers) == !lookup.Invert;
            case CompatExpression compat: return compat.IsTarget || CompatMatch.Holds(compat, sample);
            default: return false;
        }
    }

    private static bool? IsIn(LookupExpression lookup, ForeignTable table, PacketRegisters registers) =>
        table.Sets.TryGetValue(lookup.Set, out ForeignSet? set) ? set.TryFind(registers, lookup.Source, out _) : null;

    private static NftVerdict? VerdictOf(LookupExpression map, ForeignTable table, PacketRegisters registers) =>
        table.Sets.TryGetValue(map.Set, out ForeignSet? set) && set.TryFind(registers, map.Source, out NftElement? element) is true
            ? element?.Verdict
            : null;
}
