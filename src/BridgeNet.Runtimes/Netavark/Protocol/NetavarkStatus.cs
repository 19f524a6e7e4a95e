using System.Text.Json;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>What a container got of a network, for Podman to show.</summary>
/// <param name="Attachment">What was asked for.</param>
/// <param name="MacAddress">The container's MAC address.</param>
/// <param name="DnsServers">Whom it asks for names.</param>
internal sealed record NetavarkStatus(NetavarkAttachment Attachment, MacAddress MacAddress, ValueList<string> DnsServers)
{
    private const string SearchDomain = "dns.podman";

    /// <summary>What a plugin answered, which is passed on; null if the network is none of a plugin.</summary>
    public JsonElement? AnswerOfPlugin { get; init; }

    /// <summary>All of them as JSON, an object by the networks' names.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<NetavarkStatus> statuses)
    {
        writer.WriteStartObject();
        foreach (NetavarkStatus status in statuses)
        {
            status.Write(writer);
        }
        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer)
    {
        if (AnswerOfPlugin is { } answer)
        {
            writer.WritePropertyName(Attachment.Network.Name);
            answer.WriteTo(writer);
            return;
        }
        writer.WriteStartObject(Attachment.Network.Name);
        writer.WriteStartArray("dns_search_domains");
        if (Attachment.Network.HasDns && DnsServers.Count > 0)
        {
            writer.WriteStringValue(SearchDomain);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("dns_server_ips");
        foreach (string server in DnsServers)
        {
            writer.WriteStringValue(server);
        }
        writer.WriteEndArray();
        writer.WriteStartObject("interfaces");
        writer.WriteStartObject(Attachment.Interface);
        writer.WriteString("mac_address", $"{MacAddress}");
        writer.WriteStartArray("subnets");
        foreach ((InterfaceAddress address, NetavarkSubnet subnet) in Attachment.Placed)
        {
            writer.WriteStartObject();
            writer.WriteString("gateway", subnet.Gateway?.ToString());
            writer.WriteString("ipnet", $"{address}");
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
