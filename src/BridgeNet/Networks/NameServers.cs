using System.Net;

namespace BridgeNet.Networks;

/// <summary>The host's name servers, which no network may hide.</summary>
internal static class NameServers
{
    private static readonly char[] s_blanks = [' ', '\t'];

    /// <summary>The files that name them: resolv.conf(5), and the real servers behind systemd-resolved's local stub.</summary>
    public static IReadOnlyList<string> Files { get; } = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"];

    /// <summary>Reads a file in the format of resolv.conf(5); without a file there are none. It leaves out a scope, as in fe80::1%eth0.</summary>
    public static IReadOnlyList<IPAddress> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Select(Parse).OfType<IPAddress>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IPAddress? Parse(string line)
    {
        string[] words = line.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries);
        return words is ["nameserver", string server, ..] && IPAddress.TryParse(server.Split('%')[0], out IPAddress? address) ? address : null;
    }
}
