namespace BridgeNet.Trials;

/// <summary>The published binary.</summary>
internal static class Binary
{
    private static readonly Lazy<string> s_path = new(Find);

    public static string Path => s_path.Value;

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = System.IO.Path.Combine(directory.FullName, "artifacts", "bin", "bridgenet");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }
        throw new InvalidOperationException("artifacts/bin/bridgenet is not there: run ./dev aot");
    }
}
