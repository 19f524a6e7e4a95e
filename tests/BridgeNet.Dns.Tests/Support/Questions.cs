using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests;

/// <summary>Messages that ask.</summary>
internal static class Questions
{
    public const ushort Id = 0x1234;

    /// <summary>A question of the Internet with RD, as resolvers send it.</summary>
    public static byte[] Of(string name, ushort type = RecordType.A, Edns? edns = null, ushort flags = HeaderFlags.RecursionDesired, ushort id = Id,
        ushort @class = RecordClass.Internet)
    {
        byte[] message = new byte[600];
        MessageWriter writer = new(message);
        byte[] wire = name.Length == 0 ? [0] : DomainName.Parse(name)!;
        _ = writer.TryWriteQuestion(wire, type, @class);
        if (edns is { } options)
        {
            _ = writer.TryWriteEdns(options);
        }
        return message[..writer.Finish(new MessageHeader(id, flags, 1, 0, 0, (ushort)(edns is null ? 0 : 1)))];
    }
}
