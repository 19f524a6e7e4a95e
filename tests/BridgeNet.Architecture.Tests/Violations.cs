namespace BridgeNet.Architecture;

/// <summary>What a rule found, said in full: whoever broke it sees all of it at once.</summary>
internal static class Violations
{
    public static void ShouldBeNone(this IEnumerable<string> violations)
    {
        string[] found = [.. violations];
        if (found.Length > 0)
        {
            Assert.Fail(string.Join('\n', found));
        }
    }
}
