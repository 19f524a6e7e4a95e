namespace BridgeNet.Architecture;

/// <summary>What projects may reference.</summary>
internal static class ProjectRules
{
    private const string Prefix = "BridgeNet.";

    /// <summary>The table of projects and the project files say the same.</summary>
    public static IEnumerable<string> CompareWithTable(IReadOnlyList<ProjectFile> projects, IReadOnlyList<string[]> table)
    {
        Dictionary<string, IReadOnlySet<string>> rows = table.ToDictionary(row => row[0], row => MarkdownTable.List(row[2]), StringComparer.Ordinal);
        foreach (ProjectFile project in projects)
        {
            if (!rows.Remove(project.Name, out IReadOnlySet<string>? allowed))
            {
                yield return $"{project.Name} has no row in the table of projects";
                continue;
            }
            HashSet<string> actual = project.References.Select(Short).ToHashSet(StringComparer.Ordinal);
            foreach (string extra in actual.Except(allowed, StringComparer.Ordinal))
            {
                yield return $"{project.Name} references {extra}, which its row does not list";
            }
            foreach (string missing in allowed.Except(actual, StringComparer.Ordinal))
            {
                yield return $"{project.Name} does not reference {missing}, which its row lists";
            }
        }
        foreach (string name in rows.Keys)
        {
            yield return $"the table of projects has a row for {name}, which is no project";
        }
    }

    /// <summary>A package is referenced in some folders only.</summary>
    public static IEnumerable<string> KeepPackage(IReadOnlyList<ProjectFile> projects, string package, params string[] folders) =>
        from project in projects
        where project.Packages.Contains(package) && !folders.Any(folder => project.Path.StartsWith(folder + "/", StringComparison.Ordinal))
        select $"{project.Name} references {package}, which belongs to {string.Join(", ", folders)} only";

    /// <summary>A source file is compiled into the project around it, and no other.</summary>
    public static IEnumerable<string> ShareNoFiles(IReadOnlyList<ProjectFile> projects) =>
        from project in projects
        from path in project.CompiledFiles
        where path.Contains("..", StringComparison.Ordinal)
        select $"{project.Name} compiles {path}, which is another project's: reference that project";

    /// <summary>Every packed project says what it is, and bears its licence, its page and its written-down API.</summary>
    public static IEnumerable<string> RequirePackageMetadata(
        IReadOnlyList<ProjectFile> projects, IReadOnlyDictionary<string, string> shared, IReadOnlyCollection<string> files)
    {
        string[] properties = ["Description", "PackageLicenseExpression", "PackageReadmeFile", "PackageTags", "Authors"];
        foreach (ProjectFile project in projects.Where(project => project.IsPacked))
        {
            foreach (string property in properties.Where(property => !project.Properties.ContainsKey(property) && !shared.ContainsKey(property)))
            {
                yield return $"{project.Name} is packed without {property}";
            }
            foreach (string file in new[] { "PublicAPI.Shipped.txt", "PublicAPI.Unshipped.txt" })
            {
                string path = $"{Path.GetDirectoryName(project.Path)}/{file}";
                if (!files.Contains(path, StringComparer.Ordinal))
                {
                    yield return $"{project.Name} is packed without {file}";
                }
            }
        }
    }

    private static string Short(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
