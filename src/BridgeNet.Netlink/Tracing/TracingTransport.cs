using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tracing;

/// <summary>A transport whose datagrams are written to a trace as they pass.</summary>
internal sealed class TracingTransport(INetlinkTransport transport, NetlinkTrace trace) : INetlinkTransport
{
    public ulong? NamespaceCookie => transport.NamespaceCookie;

    public Errno Send(ReadOnlySpan<byte> datagram)
    {
        trace.Sent(datagram);
        Errno errno = transport.Send(datagram);
        if (errno is not Errno.None)
        {
            trace.Note($"-> not sent: {errno.Describe()}");
        }
        return errno;
    }

    public Errno Receive(Span<byte> buffer, out int length)
    {
        Errno errno = transport.Receive(buffer, out length);
        if (errno is Errno.None && length > buffer.Length)
        {
            trace.Note($"<- {length} bytes do not fit into a buffer of {buffer.Length}");
        }
        else if (errno is Errno.None)
        {
            trace.Received(buffer[..length]);
        }
        else if (errno is not Errno.EAGAIN)
        {
            trace.Note($"<- {errno.Describe()}");
        }
        return errno;
    }

    public Errno FindInterface(ReadOnlySpan<char> name, out int index)
    {
        Errno errno = transport.FindInterface(name, out index);
        trace.Note($"-- SIOCGIFINDEX \"{name}\" {(errno is Errno.None ? $"index={index}" : errno.Describe())}");
        return errno;
    }

    public void Reserve(int bytes) => transport.Reserve(bytes);

    public void Dispose() => transport.Dispose();
}
