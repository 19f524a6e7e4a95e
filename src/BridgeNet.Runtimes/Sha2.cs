using System.Text;

using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace BridgeNet.Runtimes;

/// <summary>
/// Hashes of texts as lower-case hexadecimal digits (FIPS 180-4), computed in managed code: .NET's own load OpenSSL, which a static binary cannot.
/// </summary>
internal static class Sha2
{
    /// <summary>The 64 digits of SHA-256.</summary>
    public static string Digits256(string text) => Digits(new Sha256Digest(), text);

    /// <summary>The 128 digits of SHA-512.</summary>
    public static string Digits512(string text) => Digits(new Sha512Digest(), text);

    private static string Digits(IDigest digest, string text)
    {
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.BlockUpdate(Encoding.UTF8.GetBytes(text));
        digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}
