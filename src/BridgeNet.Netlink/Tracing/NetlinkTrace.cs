using System.Text;

using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The trace of one socket: it writes every datagram, decoded, to a stream. BRIDGENET_TRACE=netlink turns it on for a process.</summary>
/// <param name="protocol">The socket's protocol.</param>
/// <param name="socket">The socket's number in this process: sequence numbers belong to a socket.</param>
/// <param name="output">Where the text goes.</param>
internal sealed class NetlinkTrace(NetlinkProtocol protocol, int socket, Stream output)
{
    private const string Variable = "BRIDGENET_TRACE", Value = "netlink";

    private static readonly bool s_isOn = Environment.GetEnvironmentVariable(Variable) is Value;

    /// <summary>Held while a datagram's text is written, so that the texts of two threads do not mix.</summary>
    private static readonly Lock s_writing = new();

    private static int s_sockets;

    private readonly string _name = $"{NameOf(protocol)} {socket}";

    /// <summary>Begins the trace of a new socket on standard error; null if the trace is off.</summary>
    public static NetlinkTrace? Begin(NetlinkProtocol protocol) =>
        s_isOn ? new NetlinkTrace(protocol, Interlocked.Increment(ref s_sockets), StandardStream.Error()) : null;

    /// <summary>A transport that traces what goes through it, or the transport itself if the trace is off.</summary>
    public static INetlinkTransport Watch(INetlinkTransport transport, NetlinkProtocol protocol) =>
        Begin(protocol) is { } trace ? new TracingTransport(transport, trace) : transport;

    /// <summary>Writes what is sent to the kernel.</summary>
    public void Sent(ReadOnlySpan<byte> datagram) => Write(new DatagramText(protocol, isRequest: true, $"{_name} ->").Decode(datagram));

    /// <summary>Writes what came from the kernel.</summary>
    public void Received(ReadOnlySpan<byte> datagram) => Write(new DatagramText(protocol, isRequest: false, $"{_name} <-").Decode(datagram));

    /// <summary>Writes a line about something that is no datagram.</summary>
    public void Note(string text) => Write($"{_name} {text}\n");

    private static string NameOf(NetlinkProtocol protocol) => protocol switch
    {
        NetlinkProtocol.Route => "route",
        NetlinkProtocol.Netfilter => "netfilter",
        NetlinkProtocol.SocketDiagnostics => "sock_diag",
        _ => "netlink",
    };

    private void Write(string text)
    {
        lock (s_writing)
        {
            try
            {
                output.Write(Encoding.UTF8.GetBytes(text));
            }
            catch (KernelException)
            {
                // standard error is closed or full: the trace must not break what it watches
            }
        }
    }
}
