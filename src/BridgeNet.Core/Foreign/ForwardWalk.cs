using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>Follows packets like a sample through a table, along the rules that certainly apply to them.</summary>
internal sealed class ForwardWalk(ForeignTable table, ForwardSample sample)
{
    private static readonly (bool Ends, string? Obstacle) s_through = (false, null), s_accepted = (true, null);

    private readonly Dictionary<string, (bool Ends, string? Obstacle)> _walked = new(StringComparer.Ordinal);

    /// <summary>What stops the packets, in words; null if they pass.</summary>
    public string? ObstacleFrom(NftChain entrance)
    {
        (bool ends, string? obstacle) = Walk(entrance.Name);
        return ends ? obstacle : entrance.Policy is NftPolicy.Drop ? "policy drop" : null;
    }

    private (bool Ends, string? Obstacle) Walk(string chain)
    {
        if (!_walked.TryGetValue(chain, out (bool Ends, string? Obstacle) outcome))
        {
            _walked[chain] = s_through; // the kernel allows no loops, but rules that change while we read them may show one
            outcome = WalkRules(chain);
            _walked[chain] = outcome;
        }
        return outcome;
    }

    private (bool Ends, string? Obstacle) WalkRules(string chain)
    {
        foreach (NftRule rule in table.Rules[chain])
        {
            if (RuleEffect.Of(rule, table, sample) is not { } effect)
            {
                continue;
            }
            (bool Ends, string? Obstacle) outcome = s_through;
            switch (effect.Verdict.Code)
            {
                case NftVerdictCode.Accept: return s_accepted;
                case NftVerdictCode.Drop: return (true, $"a rule of {chain} {effect.Word}");
                case NftVerdictCode.Return: return s_through;
                case NftVerdictCode.Goto: return Walk(effect.Verdict.Chain!);
                case NftVerdictCode.Jump: outcome = Walk(effect.Verdict.Chain!); break;
                default: break;
            }
            if (outcome.Ends)
            {
                return outcome;
            }
        }
        return s_through;
    }
}
