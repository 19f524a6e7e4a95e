using System.Net.Sockets;
using System.Text;

namespace BridgeNet.Dns.Serving;

/// <summary>
/// A Unix socket at which a server says how it is: whoever connects reads one line of JSON. Root alone may connect. It stands beside the directory of
/// names, not in it: there every file is a network's.
/// </summary>
internal sealed class StatusSocket : IDisposable
{
    private const string Suffix = ".status";
    private const int Backlog = 16;
    private const int Patience = 5000; // milliseconds

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _path;
    private readonly Func<NameServerStatus> _status;

    /// <summary>Listens. A socket that a killed server left is replaced.</summary>
    /// <param name="directory">The directory of names.</param>
    /// <param name="status">What is said.</param>
    /// <exception cref="IOException">It cannot.</exception>
    public StatusSocket(string directory, Func<NameServerStatus> status)
    {
        _path = PathOf(directory);
        _status = status;
        try
        {
            File.Delete(_path);
            _socket.Bind(new UnixDomainSocketEndPoint(_path));
            if (OperatingSystem.IsLinux())
            {
                File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite); // nobody can connect until it listens
            }
            _socket.Listen(Backlog);
        }
        catch (Exception error) when (error is SocketException or ArgumentException or UnauthorizedAccessException or IOException)
        {
            _socket.Dispose();
            throw new IOException($"{_path} cannot be listened at: {error.Message}", error);
        }
        _ = ServeAsync();
    }

    /// <summary>Asks the server of a directory; null if none answers.</summary>
    public static NameServerStatus? TryAsk(string directory)
    {
        try
        {
            return Ask(directory);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Asks the server of a directory.</summary>
    /// <exception cref="IOException">None answers.</exception>
    public static NameServerStatus Ask(string directory)
    {
        string path = PathOf(directory);
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = Patience };
            socket.Connect(new UnixDomainSocketEndPoint(path));
            using StreamReader reader = new(new NetworkStream(socket));
            return NameServerStatus.Parse(reader.ReadToEnd()) ?? throw new IOException($"{path}: what answers there is no name server");
        }
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw new IOException($"no name server of {directory} answers at {path}: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(_path);
    }

    /// <summary>Stops listening and leaves the path, which may be another server's by now.</summary>
    public void Abandon() => _socket.Dispose();

    private static string PathOf(string directory) => Path.TrimEndingDirectorySeparator(directory) + Suffix;

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using Socket asker = await _socket.AcceptAsync().ConfigureAwait(false);
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // what comes may wait for a reload
                _ = await asker.SendAsync(Encoding.UTF8.GetBytes($"{_status().ToJson()}\n"), SocketFlags.None).ConfigureAwait(false);
            }
            catch (SocketException error) when (!_socket.SafeHandle.IsClosed)
            {
                // whoever asked has gone, or there are too many open files just now
                if (error.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
                {
                    using PeriodicTimer pause = new(TimeSpan.FromSeconds(1));
                    _ = await pause.WaitForNextTickAsync().ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception)
            {
                // a fault of ours: whoever asked hears nothing, and the next one is answered
            }
        }
    }
}
