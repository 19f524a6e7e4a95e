namespace BridgeNet.Benchmarks.Against;

/// <summary>One of the two builds that are compared.</summary>
/// <param name="Name">Its commit, for people.</param>
/// <param name="Root">The directory of its source.</param>
internal sealed record Build(string Name, string Root)
{
    private static readonly string[] s_projects = ["src/BridgeNet", "src/BridgeNet.Core", "src/BridgeNet.Runtimes"];

    /// <summary>The published binary.</summary>
    public string Binary => At("artifacts/bin/bridgenet");

    /// <summary>The program that measures this build in process.</summary>
    public string Probe => At("artifacts/bin/BridgeNet.Probe/release/BridgeNet.Probe.dll");

    /// <summary>The build of another commit, where `./dev bench --against` puts it.</summary>
    public static Build Of(string commit) => new(commit, Path.Combine("artifacts/against", commit));

    /// <summary>Counts the source lines of the driver and of what container runtimes speak.</summary>
    public int CountLines() => s_projects.Select(At).Where(Directory.Exists)
        .SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Sum(file => File.ReadLines(file).Count());

    private string At(string path) => Path.GetFullPath(Path.Combine(Root, path));
}
