namespace BridgeNet.Benchmarks;

/// <summary>The published binary, which `./dev bench` makes before.</summary>
internal static class Binary
{
    /// <summary>Its file.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath("artifacts/bin/bridgenet");
}
