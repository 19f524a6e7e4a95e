using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

using BridgeNet.Dns.Names;
using BridgeNet.Dns.Serving;
using BridgeNet.Native;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// The names of networks' containers, in the files that aardvark-dns reads, and the server itself: it is started when it is not there, and told of
/// changes by SIGHUP.
/// </summary>
/// <param name="directory">netavark's configuration directory.</param>
/// <param name="program">The server's file; empty if Podman found none.</param>
/// <param name="port">Where it listens.</param>
/// <param name="process">Starts it.</param>
internal sealed class NameServer(string directory, string program, ushort port, INameServerProcess process)
{
    private const int Hangup = 1, Readable = 0x1a4; // SIGHUP; 0644
    private const string Internal = "%int";

    /// <summary>A file that is being written. It is not among the others: the server takes every file there for a network.</summary>
    private string Unfinished => Path.Combine(directory, "aardvark-dns.new");

    private string Files => Path.Combine(directory, "aardvark-dns");

    /// <summary>Whether there is a server at all.</summary>
    public bool IsThere => program.Length > 0;

    /// <summary>Adds a container's names on networks, and has the server know them.</summary>
    /// <exception cref="NetavarkException">The server does not start.</exception>
    public void Add(NetavarkRequest request, IReadOnlyCollection<NetavarkAttachment> attachments)
    {
        using FileDescriptor alone = Lock();
        foreach (NetavarkAttachment attachment in attachments)
        {
            string path = PathOf(attachment.Network);
            string[] others = LinesOf(path).Skip(1).Where(line => !IsOf(line, request.ContainerId)).ToArray();
            Write(path, [HeaderOf(attachment.Network), .. others, LineOf(request, attachment)]);
        }
        Tell(mayStart: true);
    }

    /// <summary>Removes a container's names from networks. What is not there is no error.</summary>
    public void Remove(string containerId, IReadOnlyCollection<NetavarkAttachment> attachments)
    {
        using FileDescriptor alone = Lock();
        foreach (string path in attachments.Select(attachment => PathOf(attachment.Network)))
        {
            string[] lines = LinesOf(path);
            if (lines.Length == 0)
            {
                continue;
            }
            string[] others = lines.Skip(1).Where(line => !IsOf(line, containerId)).ToArray();
            if (others.Length == 0)
            {
                File.Delete(path);
            }
            else
            {
                Write(path, [lines[0], .. others]);
            }
        }
        bool hasNetworks = Directory.Exists(Files)
            && Directory.EnumerateFiles(Files).Any(file => Path.GetFileName(file) is not NameDirectory.ProcessFile);
        Tell(mayStart: hasNetworks);
    }

    /// <summary>Gives a network other servers to forward to. A network without names is left alone.</summary>
    public void Update(string network, IReadOnlyCollection<string> servers)
    {
        using FileDescriptor alone = Lock();
        foreach (string path in new[] { network, network + Internal }.Select(name => Path.Combine(Files, name)))
        {
            if (LinesOf(path) is [var header, .. var others])
            {
                Write(path, [$"{header.Split(' ')[0]}{Servers(servers)}", .. others]);
                Tell(mayStart: false);
            }
        }
    }

    private FileDescriptor Lock()
    {
        Directory.CreateDirectory(directory);
        FileDescriptor file = Native.Files.Open(
            directory: null, Path.Combine(directory, "aardvark.lock"), OpenFlags.ReadWrite | OpenFlags.Create, Readable);
        try
        {
            FileLock.Acquire(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private string PathOf(NetavarkNetwork network) => Path.Combine(Files, network.Name + (network.IsInternal ? Internal : ""));

    private static string[] LinesOf(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];

    private static bool IsOf(string line, string containerId) => line.StartsWith($"{containerId} ", StringComparison.Ordinal);

    private void Write(string path, IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Files);
        File.WriteAllText(Unfinished, string.Concat(lines.Select(line => $"{line}\n")), new UTF8Encoding(false));
        File.Move(Unfinished, path, overwrite: true);
    }

    private static string HeaderOf(NetavarkNetwork network) =>
        $"{string.Join(',', network.Subnets.Select(subnet => subnet.Gateway).OfType<IPAddress>())}{Servers(network.DnsServers)}";

    private static string LineOf(NetavarkRequest request, NetavarkAttachment attachment)
    {
        IEnumerable<string> names = new[] { request.ContainerName }.Concat(attachment.Aliases)
            .Where(IsName).Distinct(StringComparer.OrdinalIgnoreCase);
        ILookup<bool, IPAddress> addresses =
            attachment.Addresses.ToLookup(address => address.AddressFamily is AddressFamily.InterNetworkV6);
        return $"{request.ContainerId} {string.Join(',', addresses[false])} {string.Join(',', addresses[true])} {string.Join(',', names)}"
            + Servers(request.DnsServers);
    }

    /// <summary>A name with a space, a comma or a control character would break the file.</summary>
    private static bool IsName(string text) => text.Length > 0 && !text.Any(letter => letter is ' ' or ',' || char.IsControl(letter));

    private static string Servers(IReadOnlyCollection<string> servers) => servers.Count == 0 ? "" : $" {string.Join(',', servers)}";

    private void Tell(bool mayStart)
    {
        if (new ProcessFile(Files).FindOther() is { } id && Processes.Signal(id, Hangup))
        {
            return;
        }
        if (!mayStart)
        {
            return;
        }
        string[] arguments = ["--config", Files, "-p", port.ToString(CultureInfo.InvariantCulture), "run"];
        string path = program;
        if (Directory.Exists("/run/systemd/system") && FindInPath("systemd-run") is { } scope)
        {
            (path, arguments) = (scope, ["-q", "--scope", program, .. arguments]); // else it would end with the container's own scope
        }
        if (!process.Start(path, arguments, out string error))
        {
            throw new NetavarkException($"error while applying dns entries: aardvark-dns failed to start: {error}");
        }
    }

    private static string? FindInPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
