using System.Globalization;
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
    private const long MostMilliseconds = 1L << 47; // the year 6429
    private const string SinceMark = ".since";

    /// <summary>How the name of a pool begins that is being removed.</summary>
    private const string Gone = ".gone-";

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
            else if (Parse(name, TimeOf(Files.ReadSymbolicLink(directory: null, $"{path}/{SinceMark}"))) is { } pool)
            {
                foreach (string link in Directory.GetFileSystemEntries(path))
                {
                    if (IPAddress.TryParse(Path.GetFileName(link), out IPAddress? address))
                    {
                        pool.Take(address, TimeOf(Files.ReadSymbolicLink(directory: null, link)));
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
        _ = Files.SymbolicLink(directory: null, $"{PathOf(pool)}/{SinceMark}", TextOf(pool.Since));
        foreach ((IPAddress address, DateTimeOffset since) in pool.Taken)
        {
            _ = Files.SymbolicLink(directory: null, PathOf(pool, address), TextOf(since));
        }
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
    public void Take(DockerPool pool, IPAddress address, DateTimeOffset now)
    {
        try
        {
            _ = Files.SymbolicLink(directory: null, PathOf(pool, address), TextOf(now));
        }
        catch (KernelException error) when (error.Errno is Errno.ENOENT)
        {
            Add(pool);
            _ = Files.SymbolicLink(directory: null, PathOf(pool, address), TextOf(now));
        }
    }

    /// <summary>Forgets it, in one step.</summary>
    public void Release(DockerPool pool, IPAddress address) => _ = Files.Unlink(directory: null, PathOf(pool, address));

    private void Make()
    {
        _ = Files.MakeDirectory(directory: null, Path.GetDirectoryName(_directory)!, OwnersAlone);
        _ = Files.MakeDirectory(directory: null, _directory, OwnersAlone);
    }

    private string PathOf(DockerPool pool, IPAddress address) => $"{PathOf(pool)}/{address}";

    private string PathOf(DockerPool pool) =>
        $"{_directory}/{NameOf(pool.Subnet)}{(pool.Range is { } range ? RangeMark + NameOf(range) : "")}";

    private static string NameOf(IPNetwork network) => network.ToString().Replace('/', PrefixMark);

    private static DockerPool? Parse(string name, DateTimeOffset since)
    {
        string[] parts = name.Replace(PrefixMark, '/').Split(RangeMark);
        return parts.Length > 2 || !IPNetwork.TryParse(parts[0], out IPNetwork subnet) ? null
            : parts.Length == 1 ? new DockerPool(subnet, range: null, since)
            : IPNetwork.TryParse(parts[1], out IPNetwork range) ? new DockerPool(subnet, range, since)
            : null;
    }

    private static string TextOf(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>A time that cannot be read was long ago.</summary>
    private static DateTimeOffset TimeOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds) && milliseconds < MostMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
}
