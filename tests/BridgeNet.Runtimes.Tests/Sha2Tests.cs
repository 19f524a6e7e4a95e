using System.Security.Cryptography;
using System.Text;

using CsCheck;

namespace BridgeNet.Runtimes.Tests;

/// <summary>.NET's own are the witness.</summary>
public sealed class Sha2Tests
{
    [Fact]
    public void The_digits_equal_those_of_the_framework_s_SHA() => Gen.String.Sample(text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Sha2.Digits256(text).Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Sha2.Digits512(text).Should().Be(Convert.ToHexStringLower(SHA512.HashData(bytes)));
    });
}
