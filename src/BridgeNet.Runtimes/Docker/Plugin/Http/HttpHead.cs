using System.Buffers.Text;
using System.Text;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The head of an HTTP/1.1 request (RFC 9112), as far as a plugin needs it.</summary>
/// <param name="Method">The method, as POST.</param>
/// <param name="Target">What is asked for, as /NetworkDriver.Join.</param>
/// <param name="BodyLength">The bytes of the body, which follows the head; 0 if the head names none.</param>
/// <param name="KeepsConnection">Whether another request may follow on the connection.</param>
internal sealed record HttpHead(string Method, string Target, int BodyLength, bool KeepsConnection)
{
    /// <summary>The longest head that is read: Docker's has some 200 bytes.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>The longest body that is read: 65,535 published ports have some 7 MB.</summary>
    public const int MostBodyBytes = 32 * 1024 * 1024;

    private const int RequestLineParts = 3;

    /// <summary>Where a head ends: the index behind its empty line; -1 if that is not there yet.</summary>
    public static int EndOf(ReadOnlySpan<byte> bytes) => bytes.IndexOf("\r\n\r\n"u8) is var end and >= 0 ? end + 4 : -1;

    /// <summary>Reads a whole head, its empty line included.</summary>
    /// <exception cref="FormatException">It is none, or has a body of which the length is not said; the message says what is wrong.</exception>
    public static HttpHead Parse(ReadOnlySpan<byte> bytes)
    {
        string[] lines = Encoding.Latin1.GetString(bytes).Split("\r\n");
        string[] parts = lines[0].Split(' ');
        if (parts.Length != RequestLineParts || parts[0].Length == 0 || !parts[1].StartsWith('/') || parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            throw new FormatException("the first line is not METHOD /PATH HTTP/1.1");
        }
        int? length = null;
        bool keeps = parts[2] is "HTTP/1.1";
        foreach (string line in lines.Skip(1).TakeWhile(line => line.Length > 0))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(" \t"))
            {
                throw new FormatException("a header line is not NAME: VALUE");
            }
            ReadOnlySpan<char> name = line.AsSpan(0, colon), value = line.AsSpan(colon + 1).Trim(" \t");
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                int said = ParseLength(value);
                length = length is null || length == said ? said : throw new FormatException("two lengths of the body are given");
            }
            else if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                throw new FormatException("a body without Content-Length is not read");
            }
            else if (name.Equals("Connection", StringComparison.OrdinalIgnoreCase))
            {
                keeps = !value.Equals("close", StringComparison.OrdinalIgnoreCase)
                    && (keeps || value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase));
            }
        }
        return new HttpHead(parts[0], parts[1], length ?? 0, keeps);
    }

    private static int ParseLength(ReadOnlySpan<char> text)
    {
        Span<byte> digits = stackalloc byte[10];
        return text.Length is > 0 and <= 10 && !text.ContainsAnyExceptInRange('0', '9')
            && Encoding.ASCII.GetBytes(text, digits) is var count
            && Utf8Parser.TryParse(digits[..count], out long length, out _)
            && length <= MostBodyBytes
                ? (int)length
                : throw new FormatException($"the length of the body is not a number of 0 to {MostBodyBytes} bytes");
    }
}
