namespace BridgeNet.Cli;

/// <summary>What this program is called.</summary>
internal static class Product
{
    /// <summary>The binary's name, with which every message on stderr begins.</summary>
    public const string Name = "bridgenet";

    /// <summary>The version, as 0.1.0.</summary>
    public static string Version => typeof(Product).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    /// <summary>Prints <c>bridgenet 0.1.0</c>.</summary>
    public static int PrintVersion(TextWriter output)
    {
        output.WriteLine($"{Name} {Version}");
        return ExitStatus.Done;
    }
}
