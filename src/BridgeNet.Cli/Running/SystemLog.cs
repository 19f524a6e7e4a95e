using System.Net.Sockets;
using System.Text;

namespace BridgeNet.Cli.Running;

/// <summary>The host's log, syslog(3): a process without a terminal has nothing else to write to.</summary>
/// <param name="program">The name before each line.</param>
internal sealed class SystemLog(string program)
{
    private const string SocketPath = "/dev/log";
    private const int DaemonError = (3 << 3) | 3; // LOG_DAEMON, LOG_ERR

    private readonly Lock _lock = new();

    /// <summary>Writes a line. On a host without a log it is lost.</summary>
    public void Write(string line)
    {
        lock (_lock)
        {
            try
            {
                using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
                _ = socket.Send(Encoding.UTF8.GetBytes($"<{DaemonError}>{program}[{Environment.ProcessId}]: {line}"));
            }
            catch (SocketException)
            {
                // nobody keeps a log here
            }
        }
    }
}
