using System.Net.Sockets;
using System.Text.Json;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>What Docker's commands show of a network and of its containers, and what is there on the host and inside.</summary>
internal static class Inspection
{
    private const string Web = "{{json .NetworkSettings.Networks.web}}";

    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("network ls: the driver and the scope", stage =>
            stage.World.RunOk("network", "ls", "--filter=name=other", "--format={{.Driver}} {{.Scope}}")),
        new("network inspect: the keys", stage => Keys(stage.InspectNetwork("web", "{{json .}}"))),
        new("network inspect: the addresses", stage => stage.InspectNetwork("web", "{{range .IPAM.Config}}{{.Subnet}} {{.Gateway}} {{end}}")),
        new("network inspect: the options", stage => stage.InspectNetwork("bound", "{{json .Options}}")),
        new("network inspect: the keys of a container", stage => Keys(stage.InspectNetwork("bound", "{{range .Containers}}{{json .}}{{end}}"))),
        new("network inspect: a container", stage =>
            stage.InspectNetwork("inside", "{{range .Containers}}{{.Name}} {{.IPv4Address}} {{.IPv6Address}} {{end}}")
                .Split("  ").Order(StringComparer.Ordinal).First()),
        new("inspect: the keys of a network", stage => Keys(stage.Inspect("front", Web))),
        new("inspect: addresses and gateways", stage => stage.Inspect(
            "front",
            "{{with .NetworkSettings.Networks.web}}{{.IPAddress}}/{{.IPPrefixLen}} {{.Gateway}} "
            + "{{.GlobalIPv6Address}}/{{.GlobalIPv6PrefixLen}} {{.IPv6Gateway}}{{end}}")),
        new("inspect: published ports", stage => Ports(stage, "bound")),
        new("inspect: published ports of both families", stage => Ports(stage, "one")),
        new("ps: published ports", stage => stage.World.RunOk("ps", "--filter=name=bound", "--format={{.Ports}}").IfEmpty("none")),
        new("port: published ports", stage => stage.World.RunOk("port", "bound").IfEmpty("none")),
        new("port: one that Docker chose", stage => stage.Try("port", "far", "80").Split(':')[0]),
        new("inspect: the MAC address", stage => Mac(stage.Inspect("front", "{{.NetworkSettings.Networks.web.MacAddress}}"))),
        new("inspect: the MAC address is that of the interface", stage =>
        {
            string inside = stage.In("front", "cat", "/sys/class/net/eth0/address");
            string shown = stage.Inspect("front", "{{.NetworkSettings.Networks.web.MacAddress}}");
            return string.Equals(inside, shown, StringComparison.Ordinal) ? "yes" : "no";
        }),
        new("inside: the interfaces", stage => stage.In("front", "ls", "/sys/class/net")),
        new("inside: the largest packet", stage => stage.In("front", "cat", "/sys/class/net/eth0/mtu")),
        new("inside: the routes", stage => stage.In("front", "ip", "route")),
        new("inside: the way out over IPv6", stage =>
            string.Join(' ', stage.In("front", "ip", "-6", "route", "show", "default").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(5))),
        new("inside: IPv6 where the network has none", stage => stage.In("far", "ip", "-6", "addr", "show", "eth0").IfEmpty("none")),
        new("inside: /etc/resolv.conf", stage => stage.In("front", "grep", "nameserver", "/etc/resolv.conf")),
        new("host: the bridge's name", stage =>
        {
            string id = stage.InspectNetwork("other", "{{.Id}}");
            string link = stage.World.Host.RunOk("ip -br -4 addr show to 172.30.2.1").Split(' ')[0];
            return link.Replace(id[..12], "ID", StringComparison.Ordinal);
        }),
        new("host: the bridge's addresses", stage => string.Join(' ', stage.World.Host.RunOk("ip -br addr show to 172.30.2.0/24").Split(
            ' ', StringSplitOptions.RemoveEmptyEntries).Skip(2)).Trim()),
        new("host: a published port is bound", stage => stage.World.Host.Listens(ProtocolType.Tcp, 8080) ? "yes" : "no"),
    ];

    private static string IfEmpty(this string text, string other) => text.Length == 0 ? other : text;

    private static string Keys(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return string.Join(' ', document.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    private static string Ports(Stage stage, string container) => stage.Inspect(container, "{{json .NetworkSettings.Ports}}");

    /// <summary>How it was made: 172.30.1.10 is ac:1e:01:0a.</summary>
    private static string Mac(string mac) =>
        mac.EndsWith("ac:1e:01:0a", StringComparison.Ordinal) ? "made of the IPv4 address" : "at random";
}
