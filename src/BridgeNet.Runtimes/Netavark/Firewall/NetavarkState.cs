using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

using BridgeNet.Native;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>
/// netavark's own files below its configuration directory, by which its reload of the firewall makes lost rules anew, and ours. One at a time works
/// on the firewall.
/// </summary>
internal sealed class NetavarkState(string directory)
{
    private const int Readable = 0x1a4; // 0644
    private const string Nftables = "nftables", Iptables = "iptables", Firewalld = "firewalld";

    private string Firewall => Path.Combine(directory, "firewall");

    /// <summary>A file that is being written. It is not among the others: netavark takes every file there for a record.</summary>
    private string Unfinished => Path.Combine(Firewall, "unfinished");

    private string DriverFile => Path.Combine(Firewall, "firewall-driver");

    private string Networks => Path.Combine(Firewall, "networks");

    /// <summary>A file for each bridge that is somebody else's; netavark has no such directory.</summary>
    private string Foreign => Path.Combine(directory, "bridgenet", "foreign");

    private string Ports => Path.Combine(Firewall, "ports");

    /// <summary>Who wrote the rules of the containers that are known; null if that is not known.</summary>
    public NetavarkFirewallDriver? Driver => !File.Exists(DriverFile) ? null : File.ReadAllText(DriverFile).Trim() switch
    {
        Nftables => NetavarkFirewallDriver.Nftables,
        Iptables => NetavarkFirewallDriver.Iptables,
        Firewalld => NetavarkFirewallDriver.Firewalld,
        _ => null,
    };

    /// <summary>Waits until nobody else works on the firewall. The result's end lets the next one.</summary>
    public FileDescriptor Lock()
    {
        Make(Firewall);
        return LockedFile.Wait(Path.Combine(Firewall, "firewall-reload.lock"), Readable);
    }

    /// <summary>Remembers a container's place on a network.</summary>
    public void Write(NetavarkFirewallDriver driver, NetavarkNetworkRecord network, NetavarkPortRecord ports)
    {
        Make(Networks);
        Make(Ports);
        Write(DriverFile, Encoding.ASCII.GetBytes(NameOf(driver)));
        Write(Path.Combine(Networks, network.NetworkId), Json(writer => Write(writer, network)));
        Write(PathOf(ports.NetworkId, ports.ContainerId), Json(writer => Write(writer, ports)));
    }

    /// <summary>Forgets it, and with its last container the network.</summary>
    public void Remove(string networkId, string containerId, bool isLast)
    {
        _ = Files.Unlink(directory: null, PathOf(networkId, containerId));
        if (isLast)
        {
            _ = Files.Unlink(directory: null, Path.Combine(Networks, networkId));
        }
    }

    /// <summary>A container's place on a network; null if it is not known.</summary>
    public NetavarkPortRecord? Find(string networkId, string containerId) => TryRead(PathOf(networkId, containerId), ReadPorts);

    /// <summary>A network; null if it is not known.</summary>
    public NetavarkNetworkRecord? Find(string networkId) => TryRead(Path.Combine(Networks, networkId), ReadNetwork);

    /// <summary>Whether a network has a container other than one.</summary>
    public bool HasOthers(string networkId, string containerId) =>
        FilesOf(Ports).Any(path => Path.GetFileName(path) is var name
            && name.StartsWith($"{networkId}_", StringComparison.Ordinal)
            && !string.Equals(name, $"{networkId}_{containerId}", StringComparison.Ordinal));

    /// <summary>Whether another container of the same network asks the same name server at the same port.</summary>
    public bool SharesNameServer(NetavarkPortRecord ports) => ListPorts().Any(other =>
        string.Equals(other.NetworkId, ports.NetworkId, StringComparison.Ordinal)
        && !string.Equals(other.ContainerId, ports.ContainerId, StringComparison.Ordinal)
        && other.DnsPort == ports.DnsPort
        && other.DnsServers == ports.DnsServers);

    /// <summary>Whether netavark, or BridgeNet in its place, has set the network up.</summary>
    public bool Knows(string networkId) => File.Exists(Path.Combine(Networks, networkId));

    /// <summary>Notes that a bridge was there before its network, and is to stay.</summary>
    public void KeepBridge(string bridge)
    {
        Make(Foreign);
        File.WriteAllBytes(Path.Combine(Foreign, bridge), []);
    }

    /// <summary>Whether a bridge was there before its network.</summary>
    public bool KeepsBridge(string bridge) => File.Exists(Path.Combine(Foreign, bridge));

    /// <summary>Forgets that.</summary>
    public void ForgetBridge(string bridge) => _ = Files.Unlink(directory: null, Path.Combine(Foreign, bridge));

    /// <summary>All networks that are known.</summary>
    public IReadOnlyList<NetavarkNetworkRecord> ListNetworks() =>
        [.. FilesOf(Networks).Select(path => TryRead(path, ReadNetwork)).OfType<NetavarkNetworkRecord>()];

    /// <summary>All containers that are known.</summary>
    public IReadOnlyList<NetavarkPortRecord> ListPorts() => [.. FilesOf(Ports).Select(path => TryRead(path, ReadPorts)).OfType<NetavarkPortRecord>()];

    private static string NameOf(NetavarkFirewallDriver driver) => driver switch
    {
        NetavarkFirewallDriver.Iptables => Iptables,
        NetavarkFirewallDriver.Firewalld => Firewalld,
        _ => Nftables,
    };

    private string PathOf(string networkId, string containerId) => Path.Combine(Ports, $"{networkId}_{containerId}");

    private static IEnumerable<string> FilesOf(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
        : [];

    private static void Make(string folder) => Directory.CreateDirectory(folder);

    private void Write(string path, byte[] content)
    {
        File.WriteAllBytes(Unfinished, content);
        File.Move(Unfinished, path, overwrite: true);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return text.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, NetavarkNetworkRecord network)
    {
        writer.WriteStartArray("subnets");
        foreach (IPNetwork subnet in network.Subnets)
        {
            writer.WriteStringValue($"{subnet}");
        }
        writer.WriteEndArray();
        writer.WriteString("bridge_name", network.Bridge);
        writer.WriteString("network_id", network.NetworkId);
        writer.WriteString("network_hash_name", network.NetworkHash);
        writer.WriteString("isolation", $"{network.Isolation}");
        writer.WriteNumber("dns_port", network.DnsPort);
        foreach (IPAddress address in network.OutboundAddresses)
        {
            bool isIPv4 = address.AddressFamily is AddressFamily.InterNetwork;
            writer.WriteString(isIPv4 ? NetavarkNetwork.OutboundAddress4 : NetavarkNetwork.OutboundAddress6, $"{address}");
        }
    }

    private static void Write(Utf8JsonWriter writer, NetavarkPortRecord ports)
    {
        writer.WriteString("container_id", ports.ContainerId);
        writer.WriteString("network_id", ports.NetworkId);
        if (ports.Mappings is { } mappings)
        {
            writer.WriteStartArray("port_mappings");
            foreach (NetavarkPortMapping mapping in mappings)
            {
                writer.WriteStartObject();
                writer.WriteNumber("container_port", mapping.ContainerPort);
                writer.WriteString("host_ip", mapping.HostIP);
                writer.WriteNumber("host_port", mapping.HostPort);
                writer.WriteString("protocol", mapping.Protocol);
                writer.WriteNumber("range", mapping.Range);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull("port_mappings");
        }
        writer.WriteString("network_name", ports.NetworkName);
        writer.WriteString("network_hash_name", ports.NetworkHash);
        writer.WriteString("container_ip_v4", ports.Address4?.ToString());
        writer.WriteString("subnet_v4", ports.Subnet4?.ToString());
        writer.WriteString("container_ip_v6", ports.Address6?.ToString());
        writer.WriteString("subnet_v6", ports.Subnet6?.ToString());
        writer.WriteNumber("dns_port", ports.DnsPort);
        writer.WriteStartArray("dns_server_ips");
        foreach (IPAddress server in ports.DnsServers)
        {
            writer.WriteStringValue($"{server}");
        }
        writer.WriteEndArray();
    }

    /// <summary>A record; null if it is gone. A file that is none of ours or netavark's stops nobody: its rules stay as they are.</summary>
    private static T? TryRead<T>(string path, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            return read(JsonElement.Parse(File.ReadAllBytes(path)));
        }
        catch (Exception error) when (error is IOException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static NetavarkNetworkRecord ReadNetwork(JsonElement json) => new(
        Text(json, "network_id")!,
        Text(json, "network_hash_name")!,
        Text(json, "bridge_name")!,
        [.. json.GetProperty("subnets").EnumerateArray().Select(subnet => IPNetwork.Parse(subnet.GetString()!))],
        Enum.TryParse(Text(json, "isolation"), out NetavarkIsolation isolation) ? isolation : NetavarkIsolation.Never,
        json.GetProperty("dns_port").GetUInt16(),
        [.. new[] { NetavarkNetwork.OutboundAddress4, NetavarkNetwork.OutboundAddress6 }
            .Select(key => json.TryGetProperty(key, out JsonElement address) ? address.GetString() : null).OfType<string>().Select(IPAddress.Parse)]);

    private static NetavarkPortRecord ReadPorts(JsonElement json) => new()
    {
        ContainerId = Text(json, "container_id")!,
        NetworkId = Text(json, "network_id")!,
        NetworkName = Text(json, "network_name")!,
        NetworkHash = Text(json, "network_hash_name")!,
        Mappings = json.GetProperty("port_mappings") is { ValueKind: JsonValueKind.Array } mappings
            ? [.. mappings.EnumerateArray().Select(mapping => new NetavarkPortMapping(
                Text(mapping, "host_ip")!,
                mapping.GetProperty("host_port").GetUInt16(),
                mapping.GetProperty("container_port").GetUInt16(),
                mapping.GetProperty("range").GetUInt16(),
                Text(mapping, "protocol")!))]
            : null,
        Address4 = Text(json, "container_ip_v4") is { } four ? IPAddress.Parse(four) : null,
        Subnet4 = Text(json, "subnet_v4") is { } subnet4 ? IPNetwork.Parse(subnet4) : null,
        Address6 = Text(json, "container_ip_v6") is { } six ? IPAddress.Parse(six) : null,
        Subnet6 = Text(json, "subnet_v6") is { } subnet6 ? IPNetwork.Parse(subnet6) : null,
        DnsPort = json.GetProperty("dns_port").GetUInt16(),
        DnsServers = [.. json.GetProperty("dns_server_ips").EnumerateArray().Select(server => IPAddress.Parse(server.GetString()!))],
    };

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
