namespace BridgeNet.Runtimes;

/// <summary>A unit's file, as systemd.unit(5) and systemd.service(5) have it.</summary>
internal static class SystemdUnit
{
    /// <summary>A program's path as a word of ExecStart: in quotes, and without specifiers.</summary>
    public static string Word(string path) => $"\"{path.Replace("%", "%%", StringComparison.Ordinal)}\"";

    /// <summary>Writes the file in one step.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string path, string text)
    {
        File.WriteAllText($"{path}.new", text);
        File.Move($"{path}.new", path, overwrite: true);
        return path;
    }
}
