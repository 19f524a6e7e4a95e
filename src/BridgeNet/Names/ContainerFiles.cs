using System.Net;
using System.Net.Sockets;

using BridgeNet.Core.Resolving;
using BridgeNet.Networks;

namespace BridgeNet;

/// <summary>The files by which the programs of a container find names: its /etc/resolv.conf and /etc/hosts.</summary>
public static class ContainerFiles
{
    /// <summary>The C library reads that many servers (resolv.conf(5)).</summary>
    private const int MostServers = 3;

    private static readonly string[] s_local =
    [
        "127.0.0.1\tlocalhost",
        "::1\tlocalhost ip6-localhost ip6-loopback",
        "fe00::\tip6-localnet",
        "ff00::\tip6-mcastprefix",
        "ff02::1\tip6-allnodes",
        "ff02::2\tip6-allrouters",
    ];

    /// <summary>
    /// The text of /etc/resolv.conf. On a network with DNS the servers are its gateways, and a name without a dot is asked for as it is. Else they
    /// are the host's, without those on the host's loopback, which no container reaches; behind systemd-resolved's, its own servers. Search domains
    /// and options are the host's.
    /// </summary>
    /// <param name="endpoints">The container's endpoints; the one with the default route comes first.</param>
    public static string Resolver(params IReadOnlyList<Endpoint> endpoints) => Resolver(endpoints, NameServers.Files[0], NameServers.Files[1]);

    /// <summary>The text of /etc/hosts: localhost, and each endpoint's addresses with the host name and the endpoint's name.</summary>
    /// <param name="hostName">What the container calls itself (hostname(1)); null for nothing but the endpoint's name.</param>
    /// <param name="endpoints">The container's endpoints.</param>
    public static string Hosts(string? hostName, params IReadOnlyList<Endpoint> endpoints) =>
        string.Concat(s_local.Select(line => $"{line}\n")) + HostEntries(hostName, endpoints);

    /// <summary>The lines of the endpoints alone, to be added to a file that has the others.</summary>
    /// <param name="hostName">What the container calls itself (hostname(1)); null for nothing but the endpoint's name.</param>
    /// <param name="endpoints">The container's endpoints.</param>
    public static string HostEntries(string? hostName, params IReadOnlyList<Endpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        List<string> lines = [];
        foreach (Endpoint endpoint in endpoints)
        {
            string names = string.Join(' ', new[] { hostName, endpoint.Name }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase));
            lines.AddRange(from address in new[] { endpoint.IPv4Address, endpoint.IPv6Address }
                           where address is not null
                           select $"{address.Address}\t{names}");
        }
        return string.Concat(lines.Select(line => $"{line}\n"));
    }

    /// <inheritdoc cref="Resolver(IReadOnlyList{Endpoint})"/>
    /// <param name="endpoints">The container's endpoints.</param>
    /// <param name="hostFile">The host's file.</param>
    /// <param name="stubFile">The file with the servers behind those of the loopback.</param>
    internal static string Resolver(IReadOnlyList<Endpoint> endpoints, string hostFile, string stubFile)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ResolverText host = Read(hostFile);
        IPAddress[] own = [.. endpoints.SelectMany(endpoint => endpoint.NameServers).Distinct()];
        bool hasIPv6 = endpoints.Any(endpoint => endpoint.IPv6Address is not null);
        IPAddress[] servers = own.Length > 0 ? own : ReachedOf(host, hasIPv6);
        if (servers.Length == 0)
        {
            servers = ReachedOf(Read(stubFile), hasIPv6);
        }
        // A name of one label is a container's: to ask for it with a search domain first would only take time.
        string[] options = [.. host.Options.Where(option => own.Length == 0 || !option.StartsWith("ndots:", StringComparison.Ordinal))];
        return string.Concat(servers.Take(MostServers).Select(server => $"nameserver {server}\n"))
            + Line("search", host.Searched)
            + Line("options", own.Length > 0 ? ["ndots:0", .. options] : options);
    }

    private static IPAddress[] ReachedOf(ResolverText host, bool hasIPv6) =>
    [
        .. from word in host.Servers
           let server = IPAddress.TryParse(word, out IPAddress? parsed) ? parsed : null
           where server is not null && !IPAddress.IsLoopback(server) && !HasScope(server)
           where hasIPv6 || server.AddressFamily is AddressFamily.InterNetwork
           select server,
    ];

    private static string Line(string word, IReadOnlyCollection<string> values) => values.Count == 0 ? "" : $"{word} {string.Join(' ', values)}\n";

    private static ResolverText Read(string path)
    {
        try
        {
            return ResolverText.Parse(File.ReadLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ResolverText.Parse([]);
        }
    }

    /// <summary>Whether an address is one of an interface of the host, which the container has not.</summary>
    private static bool HasScope(IPAddress address) => address.AddressFamily is AddressFamily.InterNetworkV6 && address.ScopeId != 0;
}
