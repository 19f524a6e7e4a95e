using System.Buffers;
using System.Text.Encodings.Web;

namespace BridgeNet.Core.Json;

/// <summary>
/// .NET's encoder that escapes as little as possible. It is used only for texts that may need escaping, because its first use goes over all of
/// Unicode.
/// </summary>
internal sealed unsafe class RelaxedEncoder : JavaScriptEncoder
{
    private const char First = ' ', Last = '~';

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        ReadOnlySpan<char> span = new(text, textLength);
        return IsPlain(span) ? -1 : UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncode(text, textLength);
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) =>
        IsPlain(utf8Text) ? -1 : UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(utf8Text);

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => UnsafeRelaxedJsonEscaping.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true) =>
        UnsafeRelaxedJsonEscaping.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock);

    /// <inheritdoc/>
    public override OperationStatus EncodeUtf8(
        ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true) =>
        UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8Source, utf8Destination, out bytesConsumed, out bytesWritten, isFinalBlock);

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is < First or > Last or '"' or '\\')
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsPlain(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text)
        {
            if (c is < (byte)First or > (byte)Last or (byte)'"' or (byte)'\\')
            {
                return false;
            }
        }
        return true;
    }
}
