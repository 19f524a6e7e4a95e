using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>A connection of Docker's: requests one after the other, each answered before the next is read.</summary>
internal sealed class PluginConnection : IDisposable
{
    private const int FirstBuffer = 4096;

    private readonly NetworkStream _stream;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _filled;

    public PluginConnection(Socket socket) => _stream = new NetworkStream(socket, ownsSocket: true);

    /// <summary>Reads the next request.</summary>
    /// <returns>Null if Docker has closed the connection.</returns>
    /// <exception cref="FormatException">It is no request.</exception>
    /// <exception cref="IOException">The connection broke, in the middle of a request, too.</exception>
    public async Task<(HttpHead Head, byte[] Body)?> ReadAsync(CancellationToken end)
    {
        int headEnd;
        while ((headEnd = HttpHead.EndOf(_buffer.AsSpan(0, _filled))) < 0)
        {
            if (_filled > HttpHead.MostBytes)
            {
                throw new FormatException($"the head is longer than {HttpHead.MostBytes} bytes");
            }
            if (!await FillAsync(end).ConfigureAwait(false))
            {
                return _filled == 0 ? null : throw new IOException("the connection ended within a request");
            }
        }
        HttpHead head = HttpHead.Parse(_buffer.AsSpan(0, headEnd));
        int whole = headEnd + head.BodyLength;
        if (_buffer.Length < whole)
        {
            Array.Resize(ref _buffer, whole);
        }
        while (_filled < whole)
        {
            if (!await FillAsync(end).ConfigureAwait(false))
            {
                throw new IOException("the connection ended within a request");
            }
        }
        byte[] body = _buffer[headEnd..whole];
        _filled -= whole;
        Array.Copy(_buffer, whole, _buffer, 0, _filled);
        return (head, body);
    }

    /// <summary>Answers the request that was read last.</summary>
    /// <exception cref="IOException">Nobody hears it any more.</exception>
    public async Task AnswerAsync(int status, byte[] body, bool keepsConnection)
    {
        string reason = status is PluginAnswer.Ok ? "OK" : status is PluginAnswer.NotFound ? "Not Found" : "Bad Request";
        string head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {reason}\r\nContent-Type: {PluginAnswer.ContentType}\r\n"
            + $"Content-Length: {body.Length}\r\n{(keepsConnection ? "" : "Connection: close\r\n")}\r\n");
        await _stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private async Task<bool> FillAsync(CancellationToken end)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        int count = await _stream.ReadAsync(_buffer.AsMemory(_filled), end).ConfigureAwait(false);
        _filled += count;
        return count > 0;
    }
}
