using Tmds.Linux;

namespace BridgeNet.Native;

/// <summary>Standard output or error, as descriptor 1 or 2 alone. Console.Out also starts a thread and signal handlers for the terminal.</summary>
/// <remarks>
/// A closed reader is no error, as with Console.Out. Nor is anything an error on standard error, because nobody could be told. The descriptor is
/// not closed.
/// </remarks>
public sealed unsafe class StandardStream : Stream
{
    private const int Descriptors = 3, ErrorDescriptor = 2;

    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Descriptor 1.</summary>
    public static StandardStream Output() => new(1);

    /// <summary>Descriptor 2.</summary>
    public static StandardStream Error() => new(ErrorDescriptor);

    /// <summary>
    /// Opens /dev/null in place of those of descriptors 0 to 2 that are closed: otherwise a socket or a record would get the number, and what is
    /// printed would go there.
    /// </summary>
    public static void OccupyClosed()
    {
        pollfd* streams = stackalloc pollfd[Descriptors];
        for (int i = 0; i < Descriptors; i++)
        {
            streams[i] = new pollfd { fd = i };
        }
        _ = LibC.poll(streams, Descriptors, 0);
        using CString nothing = new("/dev/null", stackalloc byte[CString.StackBytes]);
        for (int i = 0; i < Descriptors; i++)
        {
            if ((streams[i].revents & LibC.POLLNVAL) != 0)
            {
                _ = LibC.open(nothing.Pointer, LibC.O_RDWR); // the lowest number that is free
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="KernelException">On standard output, as write(2) says, but for EPIPE.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            fixed (byte* bytes = buffer)
            {
                long written = LibC.write(_descriptor, bytes, (size_t)(ulong)buffer.Length);
                if (written >= 0)
                {
                    buffer = buffer[(int)written..];
                    continue;
                }
            }
            switch (Call.LastError)
            {
                case Errno.EINTR: break;
                case Errno.EAGAIN: Await(); break; // another program made the shared descriptor non-blocking
                case Errno.EPIPE: return;
                case not Errno.None when _descriptor == ErrorDescriptor: return;
                default: Call.Throw("write"); break;
            }
        }
    }

    private void Await()
    {
        pollfd wait = new() { fd = _descriptor, events = LibC.POLLOUT };
        _ = LibC.poll(&wait, 1, -1);
    }
}
