using System.Net.Sockets;

namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>A question of the table in docs/dns.md, byte by byte.</summary>
/// <param name="Name">The first column of the table.</param>
/// <param name="Messages">What is sent: by UDP one message, by TCP any number on one connection.</param>
internal sealed record DnsQuestion(string Name, params byte[][] Messages)
{
    /// <summary>Which container asks.</summary>
    public string Asker { get; init; } = "one";

    /// <summary>How it asks.</summary>
    public ProtocolType Protocol { get; init; } = ProtocolType.Udp;
}
