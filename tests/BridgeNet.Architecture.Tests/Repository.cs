namespace BridgeNet.Architecture;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] s_notOurs = [".git", "artifacts", "bin", "obj", ".vs", ".idea", "BenchmarkDotNet.Artifacts"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> s_files = new(ReadAll);

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file that people write.</summary>
    public static IReadOnlyList<SourceFile> Files => s_files.Value;

    public static IReadOnlyList<SourceFile> Code => [.. Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))];

    public static IReadOnlyList<ProjectFile> Projects =>
        [.. Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(ProjectFile.Parse)];

    public static SourceFile File(string path) => Files.Single(file => string.Equals(file.Path, path, StringComparison.Ordinal));

    private static IReadOnlyList<SourceFile> ReadAll() => [.. Read(new DirectoryInfo(Root))];

    private static IEnumerable<SourceFile> Read(DirectoryInfo directory)
    {
        foreach (DirectoryInfo child in directory.EnumerateDirectories().Where(child => !s_notOurs.Contains(child.Name, StringComparer.Ordinal)))
        {
            foreach (SourceFile file in Read(child))
            {
                yield return file;
            }
        }
        foreach (FileInfo file in directory.EnumerateFiles().Where(file => IsText(file)))
        {
            yield return new SourceFile(Path.GetRelativePath(Root, file.FullName), System.IO.File.ReadAllText(file.FullName));
        }
    }

    private static bool IsText(FileInfo file) =>
        file.Extension is ".cs" or ".csproj" or ".props" or ".targets"
            or ".md" or ".json" or ".yml" or ".xml" or ".svg" or ".sh" or ".editorconfig" or ""
        && file.Name is not ".git";

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(directory.FullName, "BridgeNet.sln")))
            {
                return directory.FullName;
            }
        }
        throw new InvalidOperationException($"BridgeNet.sln is in no directory above {AppContext.BaseDirectory}");
    }
}
