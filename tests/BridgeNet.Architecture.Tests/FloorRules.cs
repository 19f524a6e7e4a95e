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

    /// <summary>No type uses one that its folder does not see.</summary>
    /// <param name="assembly">What was compiled.</param>
    /// <param name="floors">The table.</param>
    /// <param name="folderOf">The folder of a type's file, or the short name of its project; null for types of others and of the compiler.</param>
    public static IEnumerable<string> CheckUses(Assembly assembly, IReadOnlyList<Floor> floors, Func<Type, string?> folderOf)
    {
        Dictionary<string, Floor> byFolder = floors.ToDictionary(floor => floor.Folder, StringComparer.Ordinal);
        foreach (Type type in assembly.GetTypes().Where(type => !type.IsNested))
        {
            if (folderOf(type) is not { } folder || !byFolder.TryGetValue(folder, out Floor? floor))
            {
                continue;
            }
            foreach (Type used in TypeUses.Of(type))
            {
                if (folderOf(used) is { } other && !string.Equals(other, folder, StringComparison.Ordinal) && !floor.Sees.Contains(other))
                {
                    yield return $"{folder}/{type.Name} uses {used.Name} of {other}, which {folder} does not see";
                }
            }
        }
    }
}
