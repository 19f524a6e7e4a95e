using System.Net;

using BridgeNet.Core.Resolving;

namespace BridgeNet.Networks;

/// <summary>The host's name servers, which no network may hide.</summary>
internal static class NameServers
{
    /// <summary>The files that name them: resolv.conf(5), and the real servers behind systemd-resolved's local stub.</summary>
    public static IReadOnlyList<string> Files { get; } = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"];

    /// <summary>Reads a file in the format of resolv.conf(5); without a file there are none. It leaves out a scope, as in fe80::1%eth0.</summary>
    public static IReadOnlyList<IPAddress> Read(string path)
    {
        try
        {
            return [.. ResolverText.Parse(File.ReadLines(path)).Servers.Select(Parse).OfType<IPAddress>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IPAddress? Parse(string server) => IPAddress.TryParse(server.Split('%')[0], out IPAddress? address) ? address : null;
}
