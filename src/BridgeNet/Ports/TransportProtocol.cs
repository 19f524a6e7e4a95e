using System.Text.Json.Serialization;

namespace BridgeNet;

/// <summary>The protocols that have ports, by their numbers in the IP header.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TransportProtocol>))]
public enum TransportProtocol
{
    /// <summary>TCP, 6.</summary>
    [JsonStringEnumMemberName("tcp")]
    Tcp = 6,

    /// <summary>UDP, 17.</summary>
    [JsonStringEnumMemberName("udp")]
    Udp = 17,

    /// <summary>SCTP, 132.</summary>
    [JsonStringEnumMemberName("sctp")]
    Sctp = 132,
}
