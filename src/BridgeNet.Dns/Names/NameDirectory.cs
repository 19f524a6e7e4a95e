namespace BridgeNet.Dns.Names;

/// <summary>The directory with a file for each network, as netavark writes it.</summary>
/// <param name="path">Where it is.</param>
/// <param name="log">Hears of files that cannot be read.</param>
internal sealed class NameDirectory(string path, Action<string> log) : INameSource
{
    /// <summary>The file in it that is no network's: the number of the server's process.</summary>
    public const string ProcessFile = "aardvark.pid";

    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    /// <remarks>A hash of the files' names, lengths and times.</remarks>
    public int Version
    {
        get
        {
            HashCode hash = default;
            foreach (FileInfo file in new DirectoryInfo(Path).EnumerateFiles())
            {
                hash.Add(file.Name, StringComparer.Ordinal);
                hash.Add(file.Exists ? file.Length : -1); // it may be gone since the listing
                hash.Add(file.LastWriteTimeUtc);
            }
            return hash.ToHashCode();
        }
    }

    /// <inheritdoc/>
    /// <remarks>All files, in the order of their names. One that cannot be read is left out and logged; the others serve on.</remarks>
    public IReadOnlyList<NetworkFile> Read(out bool isWhole)
    {
        List<NetworkFile> files = [];
        isWhole = true;
        foreach (string file in Directory.EnumerateFiles(Path).Order(StringComparer.Ordinal))
        {
            string name = System.IO.Path.GetFileName(file);
            if (name is ProcessFile)
            {
                continue;
            }
            if (Read(file, name) is { } network)
            {
                files.Add(network);
            }
            else
            {
                isWhole = false;
            }
        }
        return files;
    }

    private NetworkFile? Read(string file, string name)
    {
        try
        {
            if (NetworkFile.TryParse(name, File.ReadAllText(file), out NetworkFile? network, out string? reason))
            {
                return network;
            }
            log($"{file} is left out: {reason}");
        }
        catch (FileNotFoundException)
        {
            // it was removed between the listing and now
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log($"{file} is left out: {error.Message}");
        }
        return null;
    }
}
