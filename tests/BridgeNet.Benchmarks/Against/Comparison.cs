namespace BridgeNet.Benchmarks.Against;

/// <summary>A line of the table that compares two builds.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Target">What is aimed at, for people.</param>
/// <param name="IsMet">Whether the target is met.</param>
/// <param name="Own">This build's figure, with its unit.</param>
/// <param name="Other">The other build's figure, with its unit.</param>
/// <param name="Ratio">This build's figure divided by the other's.</param>
/// <param name="Section">The section of `./dev bench --against COMMIT` that measures it.</param>
internal sealed record Comparison(string What, string Target, bool IsMet, string Own, string Other, double Ratio, string Section);
