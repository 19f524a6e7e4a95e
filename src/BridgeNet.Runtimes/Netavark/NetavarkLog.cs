namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// Lines for whoever debugs, in the form of netavark's own. They are printed if the variable RUST_LOG asks for them, as Podman sets it by its
/// <c>--log-level</c>: <c>netavark=warn</c>, or a level alone; without it nothing is printed.
/// </summary>
/// <param name="output">Where to: standard error.</param>
/// <param name="filter">RUST_LOG; null or empty if it is not set.</param>
internal sealed class NetavarkLog(TextWriter output, string? filter)
{
    private const int Warning = 2, Information = 3;

    private readonly int _level = LevelOf(filter ?? "");

    /// <summary>Prints a line of level info.</summary>
    /// <param name="module">The part of netavark that would say it: <c>firewall</c>.</param>
    /// <param name="text">The line.</param>
    public void Info(string module, string text) => Print(Information, "INFO ", module, text);

    /// <summary>Prints a line of level warn, which Podman asks for unless it is told otherwise.</summary>
    /// <param name="module">The part of netavark that would say it.</param>
    /// <param name="text">The line.</param>
    public void Warn(string module, string text) => Print(Warning, "WARN ", module, text);

    private void Print(int level, string name, string module, string text)
    {
        if (level <= _level)
        {
            output.WriteLine($"[{name} netavark::{module}] {text}");
        }
    }

    /// <summary>The filter is a list; its last part that speaks of netavark, or of everything, decides.</summary>
    private static int LevelOf(string filter)
    {
        int level = 0;
        foreach (string part in filter.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = part.Split('=', 2);
            if (words.Length == 1 || words[0] is "netavark")
            {
                level = words[^1].ToLowerInvariant() switch
                {
                    "warn" => Warning,
                    "info" or "debug" or "trace" or "netavark" => Information,
                    _ => 0,
                };
            }
        }
        return level;
    }
}
