using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

/// <summary>The real kernel, and what was sent to it.</summary>
internal sealed class RecordingTransport(INetlinkTransport kernel) : INetlinkTransport
{
    public List<byte[]> Sent { get; } = [];

    public ulong? NamespaceCookie => kernel.NamespaceCookie;

    public Errno Send(ReadOnlySpan<byte> datagram)
    {
        Sent.Add(datagram.ToArray());
        return kernel.Send(datagram);
    }

    public Errno Receive(Span<byte> buffer, out int length) => kernel.Receive(buffer, out length);

    public Errno FindInterface(ReadOnlySpan<char> name, out int index) => kernel.FindInterface(name, out index);

    public void Reserve(int bytes) => kernel.Reserve(bytes);

    public void Dispose() => kernel.Dispose();
}
