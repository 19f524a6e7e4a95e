using System.Net;
using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>Who reaches whom: by published ports, by address, and outwards.</summary>
internal static class Reachability
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("a published port, from outside", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:8080/")),
        new("a published port, from outside over IPv6", stage => stage.PageFrom(stage.World.Router, "http://[2001:db8:1::1]:8080/")),
        new("a published port, from the host by its own address", stage => stage.PageFrom(stage.World.Host, "http://192.0.2.1:8080/")),
        new("a published port, from the host by 127.0.0.1", stage => stage.PageFrom(stage.World.Host, "http://127.0.0.1:8080/")),
        new("a published port, from the host by [::1]", stage => stage.PageFrom(stage.World.Host, "http://[::1]:8080/")),
        new("a published port, from a neighbour", stage => stage.PageIn("back", "http://192.0.2.1:8080/")),
        new("a published port, from the container itself", stage => stage.PageIn("front", "http://192.0.2.1:8080/")),
        new("a published port, from another network", stage => stage.PageIn("far", "http://192.0.2.1:8080/")),
        new("a published port, from an internal network", stage => stage.PageIn("hidden", "http://192.0.2.1:8080/")),
        new("a port published at 127.0.0.1, from the host", stage => stage.PageFrom(stage.World.Host, "http://127.0.0.1:8081/")),
        new("a port published at 127.0.0.1, from outside", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:8081/")),
        new("a port published at 127.0.0.1, from a container", stage => stage.PageIn("back", "http://192.0.2.1:8081/")),
        new("the last port of a published range, from outside", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:20002/")),
        new("a port that is not published, from outside", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:8079/")),
        new("a container's own address and a published port, from outside", stage => stage.PageFrom(stage.World.Router, "http://172.30.1.10/")),
        new("a container's own address and no published port, from outside", stage =>
            stage.PageFrom(stage.World.Router, $"http://{BackOf(stage)}/")),
        new("a container's own address, from the host", stage => stage.PageFrom(stage.World.Host, "http://172.30.1.10/")),
        new("a container's own IPv6 address, from the host", stage => stage.PageFrom(stage.World.Host, "http://[fd00:30:1::10]/")),
        new("a neighbour by its address", stage => stage.PageIn("back", "http://172.30.1.10/")),
        new("a neighbour by its IPv6 address", stage => stage.PageIn("back", "http://[fd00:30:1::10]/")),
        new("a container of another network by its address", stage => stage.PageIn("back", "http://172.30.2.10/")),
        new("a container of another network by its address and a published port", stage => stage.PageIn("far", "http://172.30.1.10/")),
        new("who a client from outside is to the container", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:8080/cgi-bin/me")),
        new("who a client from outside over IPv6 is to the container", stage =>
            stage.PageFrom(stage.World.Router, "http://[2001:db8:1::1]:8080/cgi-bin/me")),
        new("who the host is to the container, by 127.0.0.1", stage => stage.PageFrom(stage.World.Host, "http://127.0.0.1:8080/cgi-bin/me")),
        new("who the host is to the container, by its own address", stage => stage.PageFrom(stage.World.Host, "http://192.0.2.1:8080/cgi-bin/me")),
        new("who a neighbour is to the container, by the published port", stage =>
            stage.PageIn("back", "http://192.0.2.1:8080/cgi-bin/me").Contains(BackOf(stage), StringComparison.Ordinal) ? "itself" : "another"),
        new("outwards, and who the container is there", stage => SeenOutside(stage, "back", "198.51.100.2")),
        new("outwards over IPv6, and who the container is there", stage => SeenOutside(stage, "back", "[2001:db8:2::2]")),
        new("outwards from an internal network", stage => SeenOutside(stage, "hidden", "198.51.100.2")),
    ];

    /// <summary>A server outside, at both of its addresses, tells each client its address.</summary>
    public static BackgroundProcess ServeOutside(PluginWorld world)
    {
        string script = world.Docker.At("answer.sh");
        File.WriteAllText(
            script,
            """
            while read -r line && [ ${#line} -gt 1 ]; do :; done
            printf 'HTTP/1.0 200 OK\r\n\r\n%s' "$SOCAT_PEERADDR"
            """);
        BackgroundProcess server = world.Server.Start("socat", "TCP6-LISTEN:8000,ipv6only=0,reuseaddr,fork", $"EXEC:sh {script}");
        server.Until(() => world.Server.Listens(ProtocolType.Tcp, 8000), "the server outside listens");
        return server;
    }

    /// <summary>As whom the server outside sees a container, or why it does not.</summary>
    public static string SeenOutside(Stage stage, string container, string server)
    {
        string page = stage.PageIn(container, $"http://{server}:8000/");
        return IPAddress.TryParse(page.Trim('[', ']'), out IPAddress? address)
            ? $"{(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}"
            : page;
    }

    private static string BackOf(Stage stage) => stage.Inspect("back", "{{.NetworkSettings.Networks.web.IPAddress}}");
}
