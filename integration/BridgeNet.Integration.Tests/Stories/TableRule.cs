using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>A rule of the table as `nft -a` lists it.</summary>
internal sealed partial record TableRule(string Chain, string Text, string Handle)
{
    /// <summary>The rules of `table inet bridgenet`, in their order.</summary>
    public static IReadOnlyList<TableRule> List(Netns host)
    {
        List<TableRule> rules = [];
        string chain = "";
        foreach (string line in host.RunOk("nft -a list table inet bridgenet").Split('\n'))
        {
            if (ChainLine().Match(line) is { Success: true } heading)
            {
                chain = heading.Groups["name"].Value;
            }
            else if (RuleLine().Match(line) is { Success: true } rule)
            {
                rules.Add(new TableRule(chain, rule.Groups["text"].Value, rule.Groups["handle"].Value));
            }
        }
        return rules;
    }

    /// <summary>Takes it out of the table.</summary>
    public void Delete(Netns host) => host.RunOk($"nft delete rule inet bridgenet {Chain} handle {Handle}");

    public override string ToString() => $"{Chain}: {Text}";

    [GeneratedRegex(@"^\tchain (?<name>\w+) \{", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChainLine();

    [GeneratedRegex(@"^\t\t(?<text>.+) # handle (?<handle>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleLine();
}
