using BridgeNet.Native;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tests;

/// <summary>Plays the kernel: what it answers to the next send was said before.</summary>
internal sealed class ScriptedKernel : INetlinkTransport
{
    private readonly Queue<Func<byte[], IEnumerable<Datagram>>> _script = [];
    private readonly Queue<Datagram> _inbox = [];

    public List<byte[]> Sent { get; } = [];

    public int Reserved { get; private set; }

    public Errno SendFails { get; init; }

    /// <summary>The number of every interface, whatever its name.</summary>
    public int Interface { get; init; }

    public Errno InterfaceFails { get; init; }

    /// <summary>Answers one send; the function is given the request's first sequence number.</summary>
    public ScriptedKernel Answer(Func<uint, IEnumerable<Datagram>> answers)
    {
        _script.Enqueue(request => answers(new NetlinkMessage(request).Sequence));
        return this;
    }

    public ulong? NamespaceCookie => null;

    public Errno Send(ReadOnlySpan<byte> datagram)
    {
        Sent.Add(datagram.ToArray());
        if (SendFails is Errno.None && _script.TryDequeue(out Func<byte[], IEnumerable<Datagram>>? answers))
        {
            foreach (Datagram answer in answers(Sent[^1]))
            {
                _inbox.Enqueue(answer);
            }
        }
        return SendFails;
    }

    public Errno Receive(Span<byte> buffer, out int length)
    {
        if (!_inbox.TryDequeue(out Datagram? datagram))
        {
            length = 0;
            return Errno.EAGAIN;
        }
        length = datagram.Bytes.Length;
        datagram.Bytes.AsSpan(0, Math.Min(length, buffer.Length)).CopyTo(buffer);
        return datagram.Errno;
    }

    public Errno FindInterface(ReadOnlySpan<char> name, out int index)
    {
        index = InterfaceFails is Errno.None ? Interface : 0;
        return InterfaceFails;
    }

    public void Reserve(int bytes) => Reserved = bytes;

    public void Dispose()
    {
    }
}
