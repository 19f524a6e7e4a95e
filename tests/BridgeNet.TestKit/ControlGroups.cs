namespace BridgeNet.TestKit;

/// <summary>The control groups that container engines leave behind, in each hierarchy or in the only one.</summary>
public static class ControlGroups
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>Removes an empty tree of a name that is nobody else's.</summary>
    public static void Remove(string name)
    {
        foreach (string mine in Directory.EnumerateDirectories(Root).Append(Root).Select(
            hierarchy => Path.Combine(hierarchy, name)).Where(Directory.Exists))
        {
            foreach (string group in Directory.EnumerateDirectories(
                mine, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length).Append(mine))
            {
                Directory.Delete(group);
            }
        }
    }
}
