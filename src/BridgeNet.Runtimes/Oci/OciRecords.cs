namespace BridgeNet.Runtimes.Oci;

/// <summary>The endpoints of each container, a file a container, so that the poststop hook finds them by the container's id alone.</summary>
/// <param name="stateDirectory">The driver's state directory.</param>
public sealed class OciRecords(string stateDirectory)
{
    private const string Draft = ".new";

    private readonly string _directory = Path.Combine(stateDirectory, "oci");

    /// <summary>The ids of a container's endpoints.</summary>
    public IReadOnlyList<string> Find(string containerId)
    {
        try
        {
            return [.. File.ReadAllLines(PathOf(containerId)).Where(line => line.Length > 0)];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>Records a container's endpoints, atomically.</summary>
    public void Write(string containerId, IEnumerable<string> endpoints)
    {
        Directory.CreateDirectory(_directory);
        string path = PathOf(containerId);
        File.WriteAllLines(path + Draft, endpoints);
        File.Move(path + Draft, path, overwrite: true);
    }

    /// <summary>Forgets a container.</summary>
    public void Remove(string containerId)
    {
        if (Directory.Exists(_directory))
        {
            File.Delete(PathOf(containerId));
            File.Delete(PathOf(containerId) + Draft); // of a hook that was killed
        }
    }

    /// <summary>Hashes the id, because ids may have characters that file names cannot have.</summary>
    private string PathOf(string containerId) => Path.Combine(_directory, Sha2.Digits256(containerId));
}
