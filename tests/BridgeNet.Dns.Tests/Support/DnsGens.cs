using CsCheck;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests;

/// <summary>Random parts of messages.</summary>
internal static class DnsGens
{
    /// <summary>Names of the wire, any bytes in their labels, up to the longest.</summary>
    public static Gen<byte[]> Name { get; } = Gen.Byte.Array[1, DomainName.MostLabelBytes].Array[0, 6]
        .Select(labels => (byte[])[.. labels.SelectMany(label => (byte[])[(byte)label.Length, .. label]), 0])
        .Where(name => name.Length <= DomainName.MostBytes);

    /// <summary>Names of few labels, so that many share an end.</summary>
    public static Gen<byte[]> RelatedName { get; } = Gen.OneOf(new[] { "web", "db", "dns", "podman", "a" }.Select(Gen.Const).ToArray()).Array[1, 5]
        .Select(labels => DomainName.Parse(string.Join('.', labels))!);

    public static Gen<MessageHeader> Header { get; } = Gen.Select(Gen.UShort, Gen.UShort, Gen.UShort, Gen.UShort, Gen.UShort, Gen.UShort)
        .Select(words => new MessageHeader(words.Item1, words.Item2, words.Item3, words.Item4, words.Item5, words.Item6));

    public static Gen<(byte[] Name, ushort Type, ushort Class, uint TimeToLive, byte[] Data)> Record { get; } =
        Gen.Select(Gen.OneOf(Name, RelatedName), Gen.UShort, Gen.UShort, Gen.UInt, Gen.Byte.Array[0, 40]);
}
