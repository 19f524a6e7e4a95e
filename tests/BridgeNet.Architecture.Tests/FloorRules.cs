using System.Reflection;

namespace BridgeNet.Architecture;

/// <summary>Which folder of a project may use which.</summary>
internal static class FloorRules
{
    /// <summary>The table fits the folders, and no floor looks up.</summary>
    public static IEnumerable<string> CheckTable(IReadOnlyList<Floor> floors, IEnumerable<string> folders, IReadOnlySet<string> projects)
    {
        Dictionary<string, Floor> byFolder = floors.ToDictionary(floor => floor.Folder, StringComparer.Ordinal);
        HashSet<string> actual = folders.ToHashSet(StringComparer.Ordinal);
        foreach (string folder in actual.Except(byFolder.Keys, StringComparer.Ordinal))
        {
            yield return $"folder {folder} has no row in the table of floors";
        }
        foreach (string folder in byFolder.Keys.Except(actual, StringComparer.Ordinal))
        {
            yield return $"the table of floors has a row for {folder}, which is no folder";
        }
        foreach (Floor floor in floors)
        {
            foreach (string seen in floor.Sees.Where(seen => !projects.Contains(seen)))
            {
                if (!byFolder.TryGetValue(seen, out Floor? other))
                {
                    yield return $"{floor.Folder} sees {seen}, which is neither a folder nor a project";
                }
                else if (other.Number >= floor.Number)
                {
                    yield return $"{floor.Folder} on floor {floor.Number} sees {seen} on floor {other.Number}";
                }
            }
        }
    }

    /// <summary>What the types of a folder use is what its row lists.</summary>
    /// <param name="assembly">What was compiled.</param>
    /// <param name="floors">The table.</param>
    /// <param name="folderOf">The folder of a type's file, or the short name of its project; null for types of others and of the compiler.</param>
    public static IEnumerable<string> CheckUses(Assembly assembly, IReadOnlyList<Floor> floors, Func<Type, string?> folderOf)
    {
        ILookup<string?, Type> typesOf = assembly.GetTypes().Where(type => !type.IsNested).ToLookup(folderOf, StringComparer.Ordinal);
        foreach (Floor floor in floors)
        {
            HashSet<string> unused = floor.Sees.ToHashSet(StringComparer.Ordinal);
            foreach ((Type type, Type used) in typesOf[floor.Folder].SelectMany(type => TypeUses.Of(type).Select(used => (type, used))))
            {
                string folder = folderOf(used) ?? floor.Folder;
                unused.Remove(folder);
                if (!string.Equals(folder, floor.Folder, StringComparison.Ordinal) && !floor.Sees.Contains(folder))
                {
                    yield return $"{floor.Folder}/{type.Name} uses {used.Name} of {folder}, which {floor.Folder} does not see";
                }
            }
            foreach (string seen in unused)
            {
                yield return $"{floor.Folder} uses nothing of {seen}, which its row lists";
            }
        }
    }
}
