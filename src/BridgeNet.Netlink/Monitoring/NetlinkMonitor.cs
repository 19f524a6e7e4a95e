using System.Net.Sockets;
using System.Runtime.CompilerServices;

using BridgeNet.Native;
using BridgeNet.Netlink.Monitoring;
using BridgeNet.Netlink.Tracing;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink;

/// <summary>Reports the changes in a network namespace, whoever makes them: of links, addresses, routes and forwarding, or of nf_tables.</summary>
/// <remarks>
/// Events wait in the socket's buffer from the moment that the monitor is opened. To miss nothing, open it, then list what exists, then read
/// the events. One reader at a time.
/// </remarks>
public sealed class NetlinkMonitor : IDisposable
{
    /// <summary>Room for the events of some thousand containers at once, 8 MiB; the kernel uses only as much as it needs.</summary>
    private const int BufferBytes = 8 * 1024 * 1024;

    private readonly byte[] _datagram = GC.AllocateUninitializedArray<byte>(256 * 1024);
    private readonly EventReader _reader;
    private readonly Socket _socket;
    private readonly NetlinkTrace? _trace;

    private NetlinkMonitor(NetlinkProtocol protocol, EventReader reader, bool hearsNeighbours, params ReadOnlySpan<int> groups)
    {
        _reader = reader;
        _trace = NetlinkTrace.Begin(protocol);
        FileDescriptor descriptor = NetlinkDescriptor.Open(protocol);
        try
        {
            NetlinkDescriptor.ReserveReceiveBuffer(descriptor, BufferBytes);
            if (hearsNeighbours)
            {
                NetlinkDescriptor.ListenToNeighbours(descriptor);
            }
            NetlinkDescriptor.Bind(descriptor);
            foreach (int group in groups)
            {
                NetlinkDescriptor.Join(descriptor, group);
            }
            _socket = new Socket(new SafeSocketHandle(descriptor.Value, ownsHandle: true));
            descriptor.SetHandleAsInvalid(); // the socket's from here
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    private delegate NetlinkEvent? EventReader(NetlinkMessage message);

    /// <summary>Reports links, addresses, routes and whether packets are forwarded, in the calling thread's namespace.</summary>
    /// <param name="hearsNeighbours">
    /// Whether to report also the namespaces that this one has a number for, such as those at the far end of its veths (NETLINK_LISTEN_ALL_NSID).
    /// An event does not say in which namespace it happened.
    /// </param>
    /// <exception cref="KernelException">EPERM: to hear neighbours takes CAP_NET_BROADCAST.</exception>
    public static NetlinkMonitor OpenRoute(bool hearsNeighbours = false) => new(
        NetlinkProtocol.Route,
        NetlinkEventCodec.ReadRoute,
        hearsNeighbours,
        MonitorGroup.Link,
        MonitorGroup.IPv4Address,
        MonitorGroup.IPv6Address,
        MonitorGroup.IPv4Route,
        MonitorGroup.IPv6Route,
        MonitorGroup.IPv4Settings,
        MonitorGroup.IPv6Settings);

    /// <summary>Reports addresses alone.</summary>
    /// <inheritdoc cref="OpenRoute"/>
    public static NetlinkMonitor OpenAddresses(bool hearsNeighbours = false) =>
        new(NetlinkProtocol.Route, NetlinkEventCodec.ReadRoute, hearsNeighbours, MonitorGroup.IPv4Address, MonitorGroup.IPv6Address);

    /// <summary>Reports nf_tables in the calling thread's namespace.</summary>
    /// <exception cref="KernelException">EPROTONOSUPPORT if the kernel has no nfnetlink.</exception>
    public static NetlinkMonitor OpenNetfilter() =>
        new(NetlinkProtocol.Netfilter, NetlinkEventCodec.ReadTables, hearsNeighbours: false, MonitorGroup.Tables);

    /// <summary>The events as they come, until it is cancelled or this is disposed.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="NetlinkFormatException">A message could not be read; read on for the next ones.</exception>
    public async IAsyncEnumerable<NetlinkEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (true)
        {
            List<NetlinkEvent> events = await ReceiveAsync(cancellation).ConfigureAwait(false);
            foreach (NetlinkEvent one in events)
            {
                yield return one;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async ValueTask<List<NetlinkEvent>> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            int length = await _socket.ReceiveAsync(_datagram, SocketFlags.None, cancellation).ConfigureAwait(false);
            return Read(_datagram.AsSpan(0, length));
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.NoBufferSpaceAvailable)
        {
            return [new NetlinkEvent { Kind = NetlinkEventKind.Lost }];
        }
    }

    private List<NetlinkEvent> Read(ReadOnlySpan<byte> datagram)
    {
        _trace?.Received(datagram);
        List<NetlinkEvent> events = [];
        foreach (NetlinkMessage message in new NetlinkDatagram(datagram))
        {
            if (_reader(message) is { } one)
            {
                events.Add(one);
            }
        }
        return events;
    }
}
