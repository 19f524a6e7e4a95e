using System.Net;
using System.Net.Sockets;
using System.Text;

using BridgeNet.Dns.Names;
using BridgeNet.Dns.Serving;
using BridgeNet.Native;

namespace BridgeNet.Runtimes.Names;

/// <summary>
/// The names of networks' containers in the files that aardvark-dns reads: a file for each network, a line for each container. Whoever changes them
/// holds <see cref="Lock"/>, and tells the server afterwards.
/// </summary>
/// <param name="place">The directory around that of the files, where the lock is.</param>
internal sealed class NameFiles(string place)
{
    private const int Hangup = 1, Readable = 0x1a4; // SIGHUP; 0644
    private const string Internal = "%int";

    /// <summary>The directory of the files.</summary>
    public string Path => System.IO.Path.Combine(place, "aardvark-dns");

    /// <summary>Whether any network has a file.</summary>
    public bool HasNetworks => Directory.Exists(Path)
        && Directory.EnumerateFiles(Path).Any(file => System.IO.Path.GetFileName(file) is not NameDirectory.ProcessFile);

    /// <summary>A file that is being written. It is not among the others: the server takes every file there for a network.</summary>
    private string Unfinished => System.IO.Path.Combine(place, "aardvark-dns.new");

    /// <summary>Keeps others from changing the files, until it is disposed.</summary>
    public FileDescriptor Lock()
    {
        Directory.CreateDirectory(place);
        return LockedFile.Wait(System.IO.Path.Combine(place, "aardvark.lock"), Readable);
    }

    /// <summary>The name of a network's file.</summary>
    public static string FileOf(string network, bool isInternal) => network + (isInternal ? Internal : "");

    /// <summary>A network's first line.</summary>
    /// <param name="gateways">Where its containers ask.</param>
    /// <param name="servers">Whom to ask for them; empty for the host's servers.</param>
    public static string HeaderOf(IEnumerable<IPAddress> gateways, IReadOnlyCollection<string> servers) =>
        $"{string.Join(',', gateways)}{ServersOf(servers)}";

    /// <summary>A container's line. A name that would break the file is left out.</summary>
    /// <param name="id">The container's id.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="names">Its names.</param>
    /// <param name="servers">Whom to ask for it; empty for the network's servers.</param>
    public static string LineOf(string id, IEnumerable<IPAddress> addresses, IEnumerable<string> names, IReadOnlyCollection<string> servers)
    {
        ILookup<bool, IPAddress> families = addresses.ToLookup(address => address.AddressFamily is AddressFamily.InterNetworkV6);
        return $"{id} {string.Join(',', families[false])} {string.Join(',', families[true])} "
            + $"{string.Join(',', names.Where(IsName).Distinct(StringComparer.OrdinalIgnoreCase))}{ServersOf(servers)}";
    }

    /// <summary>Adds a container's line to a network's file, or replaces it.</summary>
    public void Set(string file, string header, string id, string line) =>
        Write(file, [header, .. LinesOf(file).Skip(1).Where(other => !IsOf(other, id)), line]);

    /// <summary>Whether a network's file has a line of a container.</summary>
    public bool Has(string file, string id) => LinesOf(file).Skip(1).Any(line => IsOf(line, id));

    /// <summary>Keeps the lines of some containers. The file goes with its last line; one that is not there is no error.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Retain(string file, Func<string, bool> isKept)
    {
        string[] lines = LinesOf(file);
        string[] kept = [.. lines.Skip(1).Where(line => isKept(line.Split(' ')[0]))];
        if (lines.Length == 0 || (kept.Length == lines.Length - 1 && kept.Length > 0))
        {
            return false;
        }
        if (kept.Length == 0)
        {
            File.Delete(PathOf(file));
        }
        else
        {
            Write(file, [lines[0], .. kept]);
        }
        return true;
    }

    /// <summary>Gives a network other servers to forward to.</summary>
    /// <returns>False if it has no file.</returns>
    public bool TrySetServers(string file, IReadOnlyCollection<string> servers)
    {
        if (LinesOf(file) is not [var header, .. var others])
        {
            return false;
        }
        Write(file, [$"{header.Split(' ')[0]}{ServersOf(servers)}", .. others]);
        return true;
    }

    /// <summary>Whether there is a server.</summary>
    public bool HasServer => new ProcessFile(Path).FindOther() is not null;

    /// <summary>Tells the server that files changed.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryTell() => new ProcessFile(Path).FindOther() is { } id && Processes.Signal(id, Hangup);

    private string PathOf(string file) => System.IO.Path.Combine(Path, file);

    private string[] LinesOf(string file) => File.Exists(PathOf(file)) ? File.ReadAllLines(PathOf(file)) : [];

    private static bool IsOf(string line, string id) => line.StartsWith($"{id} ", StringComparison.Ordinal);

    private void Write(string file, IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(Unfinished, string.Concat(lines.Select(line => $"{line}\n")), new UTF8Encoding(false));
        File.Move(Unfinished, PathOf(file), overwrite: true);
    }

    /// <summary>A name with a space, a comma or a control character would break the file.</summary>
    public static bool IsName(string text) => text.Length > 0 && !text.Any(letter => letter is ' ' or ',' || char.IsControl(letter));

    private static string ServersOf(IReadOnlyCollection<string> servers) => servers.Count == 0 ? "" : $" {string.Join(',', servers)}";
}
