using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BridgeNet.TestKit;

/// <summary>
/// Stands on a socket between Docker and its plugin, and tells of each request at four moments: it has come, the plugin has it, the answer has come,
/// Docker has the answer.
/// </summary>
public sealed class PluginProxy : IDisposable
{
    private const int Backlog = 64;

    private readonly Socket _listener = New();
    private readonly string _plugin;
    private readonly Func<string, bool> _goesOn;

    /// <param name="path">The socket's path, which must be free.</param>
    /// <param name="plugin">The plugin's socket.</param>
    /// <param name="goesOn">Hears of each moment, and says whether the two are to stay connected.</param>
    public PluginProxy(string path, string plugin, Func<string, bool> goesOn)
    {
        _plugin = plugin;
        _goesOn = goesOn;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(Backlog);
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public void Dispose() => _listener.Dispose();

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket docker = _listener.Accept();
                new Thread(() => Serve(docker)) { IsBackground = true }.Start();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // the end
        }
    }

    private void Serve(Socket docker)
    {
        using NetworkStream from = new(docker, ownsSocket: true);
        try
        {
            using Socket plugin = New();
            plugin.Connect(new UnixDomainSocketEndPoint(_plugin));
            using NetworkStream to = new(plugin);
            while (Read(from) is { } request && Exchange(request, from, to))
            {
            }
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            // one of the two is gone, and the other hears of it by the end of its connection
        }
    }

    private bool Exchange(byte[] request, NetworkStream docker, NetworkStream plugin)
    {
        string method = Encoding.ASCII.GetString(request).Split(' ')[1][1..];
        if (!_goesOn($"before {method}"))
        {
            return false;
        }
        plugin.Write(request);
        if (!_goesOn($"in {method}") || Read(plugin) is not { } answer || !_goesOn($"before the answer to {method}"))
        {
            return false;
        }
        docker.Write(answer);
        return _goesOn($"after the answer to {method}");
    }

    /// <summary>A whole request or answer; null at the end of the connection. Neither side sends the next one before it has the other's.</summary>
    private static byte[]? Read(NetworkStream stream)
    {
        const string Length = "Content-Length:";
        byte[] message = new byte[64 * 1024];
        for (int filled = 0; ;)
        {
            int head = message.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) + 4;
            if (head >= 4)
            {
                string? line = Array.Find(
                    Encoding.ASCII.GetString(message, 0, head).Split("\r\n"), line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
                int whole = head + (line is null ? 0 : int.Parse(line[Length.Length..], CultureInfo.InvariantCulture));
                Array.Resize(ref message, whole);
                stream.ReadExactly(message, filled, whole - filled);
                return message;
            }
            int read = stream.Read(message, filled, message.Length - filled);
            if (read == 0)
            {
                return null;
            }
            filled += read;
        }
    }
}
