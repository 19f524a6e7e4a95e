using System.Net.Sockets;
using System.Runtime.CompilerServices;

using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>
/// Datagrams that one system call takes from a socket, or gives to it: recvmmsg(2) and sendmmsg(2). Each has a place with room of its own. It
/// allocates nothing once it is made. One thread at a time may use it.
/// </summary>
public sealed unsafe class DatagramBatch
{
    /// <summary>The bytes of the longest address: a sockaddr_in6.</summary>
    public const int MostAddressBytes = 28;

    // Pinned, so that the headers may point to them for good. Pages of room that nothing has used cost no memory.
    private readonly mmsghdr[] _headers;
    private readonly iovec[] _vectors;
    private readonly byte[] _addresses;
    private readonly byte[] _room;
    private readonly int _bytes;

    /// <summary>Makes a batch without datagrams.</summary>
    /// <param name="places">How many datagrams it can hold, 1 to 1,024.</param>
    /// <param name="bytes">Room for each, 1 to 65,535.</param>
    public DatagramBatch(int places, int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(places, 1024); // UIO_MAXIOV: the kernel takes no more at once
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, ushort.MaxValue);
        _bytes = bytes;
        _headers = GC.AllocateArray<mmsghdr>(places, pinned: true);
        _vectors = GC.AllocateArray<iovec>(places, pinned: true);
        _addresses = GC.AllocateArray<byte>(places * MostAddressBytes, pinned: true);
        _room = GC.AllocateUninitializedArray<byte>(places * bytes, pinned: true);
        fixed (iovec* vectors = _vectors)
        fixed (byte* addresses = _addresses, room = _room)
        {
            for (int i = 0; i < places; i++)
            {
                vectors[i].iov_base = room + (i * bytes);
                Header(i).msg_iov = vectors + i;
                Header(i).msg_iovlen = 1;
                Header(i).msg_name = addresses + (i * MostAddressBytes);
            }
        }
    }

    /// <summary>How many datagrams it can hold.</summary>
    public int Places => _headers.Length;

    /// <summary>How many it holds, in the places from 0 on.</summary>
    public int Count { get; private set; }

    /// <summary>Room for the datagram that <see cref="Add"/> adds next.</summary>
    /// <exception cref="InvalidOperationException">No place is free.</exception>
    public Span<byte> NextRoom => Count < Places
        ? _room.AsSpan(Count * _bytes, _bytes)
        : throw Full;

    /// <summary>The bytes of a datagram; one that was longer than its room is cut.</summary>
    public ReadOnlySpan<byte> Content(int place) => _room.AsSpan(Checked(place) * _bytes, (int)(uint)_headers[place].msg_len);

    /// <summary>The address that a datagram came from or goes to: a sockaddr of its family.</summary>
    public ReadOnlySpan<byte> Address(int place) =>
        _addresses.AsSpan(Checked(place) * MostAddressBytes, (int)(uint)Header(place).msg_namelen);

    /// <summary>Takes datagrams from a socket that waits (O_NONBLOCK is off). What the batch held is gone.</summary>
    /// <param name="socket">A datagram socket.</param>
    /// <param name="isWaiting">Whether to wait for the first one.</param>
    /// <returns>EAGAIN if none is there. A socket that was shut down for receiving yields empty datagrams without an address.</returns>
    public Errno Receive(SafeSocketHandle socket, bool isWaiting)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Count = 0;
        for (int i = 0; i < Places; i++)
        {
            _vectors[i].iov_len = (size_t)(ulong)_bytes;
            Header(i).msg_namelen = MostAddressBytes;
        }
        int received = Exchange(socket, 0, Places, isWaiting ? LibC.MSG_WAITFORONE : LibC.MSG_DONTWAIT, isReceiving: true, out Errno errno);
        Count = Math.Max(received, 0);
        return errno;
    }

    /// <summary>Adds a datagram whose bytes are in <see cref="NextRoom"/>.</summary>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="address">Where it goes: a sockaddr of the socket's family.</param>
    public void Add(int length, ReadOnlySpan<byte> address)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address.Length, MostAddressBytes, nameof(address));
        if (Count == Places)
        {
            throw Full;
        }
        address.CopyTo(_addresses.AsSpan(Count * MostAddressBytes));
        Header(Count).msg_namelen = (socklen_t)(uint)address.Length;
        _headers[Count].msg_len = (uint)length;
        _vectors[Count].iov_len = (size_t)(ulong)length;
        Count++;
    }

    /// <summary>Gives all datagrams to a socket without waiting, and forgets them. One that the kernel refuses holds up no other.</summary>
    /// <returns>How many the kernel took.</returns>
    public int Send(SafeSocketHandle socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        int taken = 0;
        for (int next = 0; next < Count;)
        {
            int sent = Exchange(socket, next, Count - next, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL, isReceiving: false, out _);
            taken += Math.Max(sent, 0);
            next += Math.Max(sent, 1); // the first that is left was refused
        }
        Count = 0;
        return taken;
    }

    private InvalidOperationException Full => new($"all {Places} places hold a datagram");

    private ref msghdr Header(int place) => ref Unsafe.As<mmsghdr, msghdr>(ref _headers[place]); // its first member

    private int Exchange(SafeSocketHandle socket, int first, int count, int flags, bool isReceiving, out Errno errno)
    {
        using HeldSocket held = new(socket);
        fixed (mmsghdr* headers = _headers)
        {
            while (true)
            {
                int result = isReceiving
                    ? LibCMissing.ReceiveMany(held.Descriptor, headers + first, (uint)count, flags, null)
                    : LibCMissing.SendMany(held.Descriptor, headers + first, (uint)count, flags);
                errno = result < 0 ? Call.LastError : Errno.None;
                if (errno is not Errno.EINTR)
                {
                    return result;
                }
            }
        }
    }

    private int Checked(int place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Count);
        return place;
    }
}
