using System.Net.Sockets;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The socket on which Docker reaches the plugin.</summary>
internal static class PluginSocket
{
    private const int Backlog = 128;
    private const int LongestPath = 107; // sun_path of unix(7)
    private const string Suffix = ".sock";

    /// <summary>Listens, for root alone. What a plugin left that was killed is replaced.</summary>
    /// <exception cref="IOException">The socket cannot be made, or another plugin serves there.</exception>
    public static Socket Listen(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
        {
            _ = Directory.CreateDirectory(directory);
        }
        if (!path.EndsWith(Suffix, StringComparison.Ordinal) || path.Length > LongestPath)
        {
            throw new IOException($"{path}: the socket's path must end in {Suffix} and have at most {LongestPath} letters");
        }
        UnixDomainSocketEndPoint place = new(path);
        if (IsServed(place))
        {
            throw new IOException($"{path}: another plugin serves there: end that one, or choose another path");
        }
        File.Delete(path);
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listener.Bind(place);
            if (OperatingSystem.IsLinux())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite); // nobody can connect until it listens
            }
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw new IOException($"{path}: {error.Message}", error);
        }
    }

    private static bool IsServed(UnixDomainSocketEndPoint place)
    {
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            client.Connect(place);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
