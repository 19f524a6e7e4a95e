namespace BridgeNet.Benchmarks.Page;

/// <summary>A line of the page: what was measured against what is aimed at.</summary>
/// <param name="What">What is divided by what.</param>
/// <param name="Target">What is aimed at, for people.</param>
/// <param name="Measured">What came out, for people: the ratio, or the number.</param>
/// <param name="IsMet">Whether the target is met.</param>
/// <param name="Detail">How it came about: absolute figures of this run, what was checked.</param>
/// <param name="Command">What measures it.</param>
internal sealed record Row(string What, string Target, string Measured, bool IsMet, string Detail, string Command)
{
    /// <summary>What stands where nothing is aimed at.</summary>
    public const string NoTarget = "no target";

    /// <summary>A ratio that is to be small.</summary>
    public static Row AtMost(string what, double target, double measured, string detail, string command) =>
        new(what, $"≤ {Text(target)}", Text(measured), measured <= target, detail, command);

    /// <summary>A ratio that is to be large.</summary>
    public static Row AtLeast(string what, double target, double measured, string detail, string command) =>
        new(what, $"≥ {Text(target)}", Text(measured), measured >= target, detail, command);

    private static string Text(double value) =>
        value is > 0 and < 0.3 ? FormattableString.Invariant($"{value:0.###} (1/{1 / value:0.#})") : FormattableString.Invariant($"{value:0.##}");
}
