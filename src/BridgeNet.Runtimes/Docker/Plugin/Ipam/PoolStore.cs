using System.Net;

using BridgeNet.Native;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// The pools on disk, for Docker asks for each pool and address once: a directory for each pool, whose name is the subnet and the range, and in it a
/// symbolic link for each address that Docker has. Making either is one step, so whoever dies leaves no half of it.
/// </summary>
internal sealed class PoolStore
{
    private const int OwnersAlone = 0x1c0; // 0700
    private const char PrefixMark = '_'; // 172.18.0.0_16, for '/' is in no file's name
    private const char RangeMark = ',';

    /// <summary>The link that says that a network of our driver has had the pool.</summary>
    private const string Ours = ".ours";

    /// <summary>How the name of a pool begins that is being removed.</summary>
    private const string Gone = ".gone-";

    /// <summary>Where the links lead, which is nowhere.</summary>
    private const string Nowhere = "docker";

    private readonly string _directory;

    /// <param name="directory">The directory; made if it or the one above it is missing.</param>
    public PoolStore(string directory)
    {
        _directory = directory;
        Make();
    }

    /// <summary>All pools. What was being removed when the plugin died is removed; what is no pool is left alone.</summary>
    public IEnumerable<DockerPool> Load()
    {
        foreach (string path in Directory.GetDirectories(_directory))
        {
            string name = Path.GetFileName(path);
            if (name.StartsWith(Gone, StringComparison.Ordinal))
            {
                Directory.Delete(path, recursive: true);
            }
            else if (Parse(name) is { } pool)
            {
                foreach (string link in Directory.GetFileSystemEntries(path).Select(entry => Path.GetFileName(entry)))
                {
                    pool.IsOurs |= link is Ours;
                    if (IPAddress.TryParse(link, out IPAddress? address))
                    {
                        pool.Take(address);
                    }
                }
                yield return pool;
            }
        }
    }

    /// <summary>Remembers a pool, with its addresses.</summary>
    public void Add(DockerPool pool)
    {
        Make(); // somebody may have deleted it, and had the records made again
        _ = Files.MakeDirectory(directory: null, PathOf(pool), OwnersAlone);
        foreach (IPAddress address in pool.Taken)
        {
            _ = Link(pool, address.ToString());
        }
        _ = pool.IsOurs && Link(pool, Ours);
    }

    /// <summary>Remembers that a network of our driver has a pool.</summary>
    public void MarkOurs(DockerPool pool)
    {
        pool.IsOurs = true;
        Restoring(pool, () => Link(pool, Ours));
    }

    /// <summary>Forgets a pool, in one step.</summary>
    public void Remove(DockerPool pool)
    {
        string gone = $"{_directory}/{Gone}{Path.GetFileName(PathOf(pool))}";
        if (Files.Rename(directory: null, PathOf(pool), gone))
        {
            Directory.Delete(gone, recursive: true);
        }
    }

    /// <summary>Remembers that Docker has an address, in one step.</summary>
    public void Take(DockerPool pool, IPAddress address) => Restoring(pool, () => Link(pool, address.ToString()));

    /// <summary>Forgets it, in one step.</summary>
    public void Release(DockerPool pool, IPAddress address) => _ = Files.Unlink(directory: null, $"{PathOf(pool)}/{address}");

    /// <summary>Does something with a pool's directory, which it makes again if somebody deleted that.</summary>
    private void Restoring(DockerPool pool, Func<bool> action)
    {
        try
        {
            _ = action();
        }
        catch (KernelException error) when (error.Errno is Errno.ENOENT)
        {
            Add(pool);
            _ = action();
        }
    }

    private void Make()
    {
        _ = Files.MakeDirectory(directory: null, Path.GetDirectoryName(_directory)!, OwnersAlone);
        _ = Files.MakeDirectory(directory: null, _directory, OwnersAlone);
    }

    private bool Link(DockerPool pool, string name) => Files.SymbolicLink(directory: null, $"{PathOf(pool)}/{name}", Nowhere);

    private string PathOf(DockerPool pool) =>
        $"{_directory}/{NameOf(pool.Subnet)}{(pool.Range is { } range ? RangeMark + NameOf(range) : "")}";

    private static string NameOf(IPNetwork network) => network.ToString().Replace('/', PrefixMark);

    private static DockerPool? Parse(string name)
    {
        string[] parts = name.Replace(PrefixMark, '/').Split(RangeMark);
        return parts.Length > 2 || !IPNetwork.TryParse(parts[0], out IPNetwork subnet) ? null
            : parts.Length == 1 ? new DockerPool(subnet, range: null)
            : IPNetwork.TryParse(parts[1], out IPNetwork range) ? new DockerPool(subnet, range)
            : null;
    }
}
