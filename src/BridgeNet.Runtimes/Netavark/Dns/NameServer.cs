using System.Net;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Runtimes.Names;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// The names of networks' containers, in the files that aardvark-dns reads, and the server itself: it is started when it is not there, and told of
/// changes by SIGHUP.
/// </summary>
/// <param name="directory">netavark's configuration directory.</param>
/// <param name="program">The server's file; empty if Podman found none. Without it containers have no names.</param>
/// <param name="port">Where it listens.</param>
/// <param name="process">Starts it.</param>
internal sealed class NameServer(string directory, string program, ushort port, INameServerProcess process)
{
    private readonly NameFiles _files = new(directory);

    /// <summary>Whether there is a server at all.</summary>
    public bool IsThere { get; } = Path.Exists(program);

    // Under systemd it would end with the container's own scope.
    private NameServerCommand Command =>
        new(program, _files.Path, port, Directory.Exists("/run/systemd/system") ? FindInPath("systemd-run") : null);

    /// <summary>Begins to start the server if there is none: it comes up while links and rules are made.</summary>
    public void Begin()
    {
        if (IsThere && !_files.HasServer)
        {
            process.Begin(Command);
        }
    }

    /// <summary>Adds a container's names on networks, and has the server know them.</summary>
    /// <exception cref="NetavarkException">The server does not start.</exception>
    public void Add(NetavarkRequest request, IReadOnlyCollection<NetavarkNames> names)
    {
        using FileDescriptor alone = _files.Lock();
        foreach ((NetavarkAttachment attachment, ValueList<IPAddress> servers) in names)
        {
            _files.Set(
                FileOf(attachment.Network),
                NameFiles.HeaderOf(servers, attachment.Network.DnsServers),
                request.ContainerId,
                NameFiles.LineOf(request.ContainerId, attachment.Addresses, [request.ContainerName, .. attachment.Aliases], request.DnsServers));
        }
        Tell(mayStart: true);
    }

    /// <summary>Removes a container's names from networks. What is not there is no error.</summary>
    public void Remove(string containerId, IReadOnlyCollection<NetavarkAttachment> attachments)
    {
        if (!_files.HasNetworks)
        {
            return;
        }
        using FileDescriptor alone = _files.Lock();
        foreach (NetavarkAttachment attachment in attachments)
        {
            _ = _files.Retain(FileOf(attachment.Network), id => !string.Equals(id, containerId, StringComparison.Ordinal));
        }
        Tell(mayStart: _files.HasNetworks);
    }

    /// <summary>Gives a network other servers to forward to. A network without names is left alone.</summary>
    public void Update(string network, IReadOnlyCollection<string> servers)
    {
        using FileDescriptor alone = _files.Lock();
        foreach (bool isInternal in new[] { false, true })
        {
            if (_files.TrySetServers(NameFiles.FileOf(network, isInternal), servers))
            {
                Tell(mayStart: false);
            }
        }
    }

    private static string FileOf(NetavarkNetwork network) => NameFiles.FileOf(network.Name, network.IsInternal);

    private void Tell(bool mayStart)
    {
        if (_files.TryTell() || !mayStart || !IsThere)
        {
            return;
        }
        if (!TryStart(out string error))
        {
            throw new NetavarkException(error.Length > 0
                ? $"error while applying dns entries: aardvark-dns failed to start: {error}"
                : "error while applying dns entries: aardvark-dns exited unexpectedly without error message");
        }
    }

    private bool TryStart(out string error)
    {
        try
        {
            return process.Start(Command, out error);
        }
        catch (IOException failure)
        {
            error = failure.Message;
            return false;
        }
    }

    private static string? FindInPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
