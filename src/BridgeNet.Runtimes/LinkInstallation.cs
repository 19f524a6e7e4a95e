using BridgeNet.Native;

namespace BridgeNet.Runtimes;

/// <summary>A directory in which runtimes look for programs: a symbolic link to the binary for each name by which they call it.</summary>
/// <param name="directory">The directory; made if it is missing.</param>
/// <param name="binary">The binary's path.</param>
/// <param name="names">The names.</param>
internal sealed class LinkInstallation(string directory, string binary, IReadOnlyCollection<string> names)
{
    /// <summary>The suffix of a program that a link replaced.</summary>
    public const string FormerSuffix = ".before-bridgenet";

    /// <summary>Creates the links, each in one atomic step, so that a call at any moment finds a program.</summary>
    /// <param name="replaces">Whether other people's programs may be put aside.</param>
    /// <returns>What was done, for people.</returns>
    /// <exception cref="ConfigurationException">There are other people's programs, and <paramref name="replaces"/> is false.</exception>
    public IReadOnlyList<string> Install(bool replaces)
    {
        Directory.CreateDirectory(directory);
        string[] foreign = [.. names.Where(name => Exists(PathOf(name)) && !IsOurs(name))];
        if (foreign.Length > 0 && !replaces)
        {
            throw new ConfigurationException(
                "directory", $"{directory} has {string.Join(", ", foreign)} of somebody else: --replace puts them aside as NAME{FormerSuffix}");
        }
        List<string> done = [];
        foreach (string name in names.Where(name => !IsOurs(name) && !string.Equals(PathOf(name), binary, StringComparison.Ordinal)))
        {
            string link = $"{PathOf(name)}.new";
            _ = Files.Unlink(directory: null, link);
            _ = Files.SymbolicLink(directory: null, link, binary);
            if (foreign.Contains(name, StringComparer.Ordinal))
            {
                File.Copy(PathOf(name), PathOf(name) + FormerSuffix, overwrite: true);
            }
            _ = Files.Rename(directory: null, link, PathOf(name));
            done.Add($"{PathOf(name)} -> {binary}");
        }
        return done;
    }

    /// <summary>Takes the links away, and puts back what was put aside.</summary>
    /// <returns>What was done, for people.</returns>
    public IReadOnlyList<string> Uninstall()
    {
        List<string> done = [];
        foreach (string name in names.Where(IsOurs))
        {
            string former = PathOf(name) + FormerSuffix;
            if (File.Exists(former))
            {
                _ = Files.Rename(directory: null, former, PathOf(name));
                done.Add($"{PathOf(name)} is again what it was");
            }
            else
            {
                _ = Files.Unlink(directory: null, PathOf(name));
                done.Add($"{PathOf(name)} removed");
            }
        }
        return done;
    }

    private bool IsOurs(string name) => string.Equals(new FileInfo(PathOf(name)).LinkTarget, binary, StringComparison.Ordinal);

    private static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private string PathOf(string name) => $"{directory.TrimEnd('/')}/{name}";
}
