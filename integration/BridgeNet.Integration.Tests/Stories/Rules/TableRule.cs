using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>A rule of a table as `nft -a` lists it.</summary>
internal sealed partial record TableRule(string Family, string Chain, string Text, string Handle)
{
    /// <summary>The rules of `table inet bridgenet` and `table bridge bridgenet`, in their order.</summary>
    public static IReadOnlyList<TableRule> List(Netns host) => [.. List(host, "inet"), .. List(host, "bridge")];

    /// <summary>Takes it out of the table.</summary>
    public void Delete(Netns host) => host.RunOk($"nft delete rule {Family} bridgenet {Chain} handle {Handle}");

    public override string ToString() => $"{Family} {Chain}: {Text}";

    private static IEnumerable<TableRule> List(Netns host, string family)
    {
        string chain = "";
        foreach (string line in host.RunOk($"nft -a list table {family} bridgenet").Split('\n'))
        {
            if (ChainLine().Match(line) is { Success: true } heading)
            {
                chain = heading.Groups["name"].Value;
            }
            else if (RuleLine().Match(line) is { Success: true } rule)
            {
                yield return new TableRule(family, chain, rule.Groups["text"].Value, rule.Groups["handle"].Value);
            }
        }
    }

    [GeneratedRegex(@"^\tchain (?<name>\w+) \{", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChainLine();

    [GeneratedRegex(@"^\t\t(?<text>.+) # handle (?<handle>\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RuleLine();
}
