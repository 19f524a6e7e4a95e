using BridgeNet.Native;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// The requests by which Docker had ports published, a file for each endpoint: a plugin that starts again holds the ports as the one before did.
/// </summary>
internal sealed class PortMapStore
{
    private const int OwnersAlone = 0x1c0; // 0700
    private const string Unfinished = ".new";

    private readonly string _directory;

    /// <param name="directory">The directory; made if it is missing, in one that is there.</param>
    public PortMapStore(string directory)
    {
        _directory = directory;
        Make();
    }

    /// <summary>The last request for an endpoint; null if there is none.</summary>
    public byte[]? Find(string endpoint)
    {
        try
        {
            return File.ReadAllBytes(PathOf(endpoint));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Remembers a request, in one step.</summary>
    public void Write(string endpoint, byte[] request)
    {
        Make(); // somebody may have deleted it, and had the records made again
        File.WriteAllBytes(PathOf(endpoint) + Unfinished, request);
        _ = Files.Rename(directory: null, PathOf(endpoint) + Unfinished, PathOf(endpoint));
    }

    /// <summary>Forgets a request, and one that a plugin was just writing when it was killed.</summary>
    public void Remove(string endpoint)
    {
        _ = Files.Unlink(directory: null, PathOf(endpoint));
        _ = Files.Unlink(directory: null, PathOf(endpoint) + Unfinished);
    }

    /// <summary>Forgets the requests for endpoints that are not there any more.</summary>
    /// <param name="endpoints">
    /// Lists those that are there. It is called after the requests were listed: an endpoint is older than a request for it.
    /// </param>
    public void Retain(Func<IReadOnlySet<string>> endpoints)
    {
        string[] files = Directory.Exists(_directory) ? Directory.GetFiles(_directory) : [];
        IReadOnlySet<string> there = files.Length == 0 ? new HashSet<string>(StringComparer.Ordinal) : endpoints();
        foreach (string file in files.Where(file => !there.Contains(EndpointOf(file))))
        {
            File.Delete(file);
        }
    }

    /// <summary>One that is just being written is its endpoint's, too.</summary>
    private static string EndpointOf(string file) =>
        file.EndsWith(Unfinished, StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(file) : Path.GetFileName(file);

    private void Make() => _ = Files.MakeDirectory(directory: null, _directory, OwnersAlone);

    private string PathOf(string endpoint) => $"{_directory}/{endpoint}";
}
