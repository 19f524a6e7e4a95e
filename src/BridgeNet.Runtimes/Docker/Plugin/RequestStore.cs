using BridgeNet.Native;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// Requests of Docker's that are needed again, a file for each endpoint and method: with the request for ports a plugin that starts again holds them
/// as the one before did, and options of an endpoint come once and matter later.
/// </summary>
internal sealed class RequestStore
{
    private const int OwnersAlone = 0x1c0; // 0700
    private const string Unfinished = ".new";

    private readonly string _directory;

    /// <param name="directory">The directory; made if it is missing, in one that is there.</param>
    public RequestStore(string directory)
    {
        _directory = directory;
        Make();
    }

    /// <summary>The last request for an endpoint; null if there is none.</summary>
    public byte[]? Find(string endpoint, PluginMethod method)
    {
        try
        {
            return File.ReadAllBytes(PathOf(endpoint, method));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Remembers a request, in one step.</summary>
    public void Write(string endpoint, PluginMethod method, byte[] request)
    {
        string path = PathOf(endpoint, method);
        Make(); // somebody may have deleted it, and had the records made again
        File.WriteAllBytes(path + Unfinished, request);
        _ = Files.Rename(directory: null, path + Unfinished, path);
    }

    /// <summary>Forgets a request.</summary>
    public void Remove(string endpoint, PluginMethod method)
    {
        _ = Files.Unlink(directory: null, PathOf(endpoint, method));
        _ = Files.Unlink(directory: null, PathOf(endpoint, method) + Unfinished); // by a plugin that was killed
    }

    /// <summary>Forgets all requests for an endpoint.</summary>
    public void Remove(string endpoint) => Array.ForEach(Enum.GetValues<PluginMethod>(), method => Remove(endpoint, method));

    /// <summary>Forgets the requests for endpoints that are not there any more.</summary>
    /// <param name="endpoints">
    /// Lists those that are there. It is called after the requests were listed: an endpoint is older than a request for it.
    /// </param>
    /// <param name="isGone">Whether one that is not listed is gone indeed.</param>
    public void Retain(Func<IReadOnlySet<string>> endpoints, Func<string, bool> isGone)
    {
        string[] files = Directory.Exists(_directory) ? Directory.GetFiles(_directory) : [];
        IReadOnlySet<string> there = files.Length == 0 ? new HashSet<string>(StringComparer.Ordinal) : endpoints();
        foreach (string file in files.Where(file => !there.Contains(EndpointOf(file)) && isGone(EndpointOf(file))))
        {
            File.Delete(file);
        }
    }

    /// <summary>An endpoint's name has no dot. A request that is just being written is its endpoint's, too.</summary>
    private static string EndpointOf(string file) => Path.GetFileName(file).Split('.')[0];

    private void Make() => _ = Files.MakeDirectory(directory: null, _directory, OwnersAlone);

    private string PathOf(string endpoint, PluginMethod method) =>
        $"{_directory}/{endpoint}{(method is PluginMethod.CreateEndpoint ? ".options" : "")}";
}
