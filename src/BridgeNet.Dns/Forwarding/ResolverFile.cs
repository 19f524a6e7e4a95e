using System.Net;

using BridgeNet.Core.Resolving;

namespace BridgeNet.Dns.Forwarding;

/// <summary>
/// The host's servers in resolv.conf(5). The file is read again when somebody asks and the last look is a second old, by its path: however it was
/// changed, rewritten, renamed or led elsewhere by a link, the next look sees it.
/// </summary>
/// <param name="path">Usually /etc/resolv.conf.</param>
/// <param name="clock">Tells how long ago the last look was.</param>
internal sealed class ResolverFile(string path, TimeProvider clock)
{
    /// <summary>As many servers as the C library takes (MAXNS).</summary>
    private const int MostServers = 3;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private IReadOnlyList<IPAddress>? _servers;
    private long _lastLook;

    /// <summary>The servers, in the order of the file; none if it cannot be read.</summary>
    public IReadOnlyList<IPAddress> Servers
    {
        get
        {
            lock (_lock)
            {
                if (_servers is null || clock.GetElapsedTime(_lastLook) >= s_pause)
                {
                    _lastLook = clock.GetTimestamp();
                    _servers = Read();
                }
                return _servers;
            }
        }
    }

    /// <summary>Makes the next question look again.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _servers = null;
        }
    }

    /// <summary>The servers that a text names; a line that names none is passed over.</summary>
    internal static IReadOnlyList<IPAddress> Parse(string text) =>
        [.. ResolverText.Parse(text.Split('\n')).Servers
            .Select(word => IPAddress.TryParse(word, out IPAddress? server) ? server : null)
            .OfType<IPAddress>()
            .Take(MostServers)];

    private IReadOnlyList<IPAddress> Read()
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
