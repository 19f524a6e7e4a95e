using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Tests.Firewall;

public sealed partial class FirewallGuideTests
{
    [Fact]
    public void Nft_takes_the_guides_examples()
    {
        using Netns host = Netns.Create("guide");
        using Scratch scratch = new();
        string[] examples = [.. Example().Matches(File.ReadAllText(Guide())).Select(match => match.Groups["rules"].Value)];
        examples.Should().NotBeEmpty();

        foreach (string example in examples)
        {
            File.WriteAllText(scratch.At("example.nft"), example);
            host.RunOk($"nft -c -f {scratch.At("example.nft")}").Should().BeEmpty();
        }
    }

    private static string Guide([CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "../../../docs/firewall.md"));

    [GeneratedRegex(@"^```\n(?<rules>table .*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Example();
}
