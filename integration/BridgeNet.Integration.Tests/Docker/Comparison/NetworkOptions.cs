using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>What the options of a network do to packets.</summary>
internal static class NetworkOptions
{
    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("--internal: a neighbour by its name", stage => stage.PageIn("beside", "http://hidden/")),
        new("--internal: from outside by the published port", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:8083/")),
        new("--internal: from the host by the published port", stage => stage.PageFrom(stage.World.Host, "http://127.0.0.1:8083/")),
        new("--internal: from the host by its address", stage => stage.PageFrom(stage.World.Host, "http://172.30.3.10/")),
        new("--internal: from outside by its address", stage => stage.PageFrom(stage.World.Router, "http://172.30.3.10/")),
        new("--internal: from another network by its address", stage => stage.PageIn("back", "http://172.30.3.10/")),
        new("--internal: the container's routes", stage => Routes(stage, "hidden")),
        new("enable_icc=false: a neighbour by its address", stage => stage.PageIn("two", "http://172.30.4.10/")),
        new("enable_icc=false: a neighbour by its published port", stage => stage.PageIn("two", "http://192.0.2.1:8084/")),
        new("enable_icc=false: from the host by the container's address", stage => stage.PageFrom(stage.World.Host, "http://172.30.4.11/")),
        new("host_binding_ipv4=127.0.0.1: from the host", stage => stage.PageFrom(stage.World.Host, "http://127.0.0.1:8085/")),
        new("host_binding_ipv4=127.0.0.1: from outside", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:8085/")),
        Later("gateway mode routed: from outside by the container's address", stage =>
            stage.PageFrom(stage.World.Router, "http://172.30.6.10/")),
        Later("gateway mode routed: a port that is not published, from outside", stage =>
            stage.PageFrom(stage.World.Router, "http://172.30.6.10:81/")),
        Later("gateway mode routed: from outside by the host's port", stage => stage.PageFrom(stage.World.Router, "http://192.0.2.1:8086/")),
        Later("gateway mode routed: ping from outside", stage => Ping(stage.World.Router, "172.30.6.10")),
        Later("gateway mode nat: ping from outside", stage => Ping(stage.World.Router, "172.30.1.10")),
        Later("gateway mode nat-unprotected: from outside by the container's address", stage =>
            stage.PageFrom(stage.World.Router, "http://172.30.8.10/")),
        Later("gateway mode nat-unprotected: a port that is not published, from outside", stage =>
            stage.PageFrom(stage.World.Router, "http://172.30.8.10:81/")),
        Later("gateway mode isolated: a neighbour", stage => stage.PageIn("lonely", "http://172.30.7.10/")),
        Later("gateway mode isolated: from the host", stage => stage.PageFrom(stage.World.Host, "http://172.30.7.10/")),
        Later("gateway mode isolated: the container's routes", stage => Routes(stage, "lone")),
        new("enable_ip_masquerade=false: who the container is outside", stage =>
        {
            stage.Network("plain", "--subnet=172.30.9.0/24", "-o", "com.docker.network.bridge.enable_ip_masquerade=false");
            stage.Serve("plain", "--network=plain", "--ip=172.30.9.10");
            stage.World.Server.RunOk("ip route replace 172.30.9.0/24 via 198.51.100.1");
            return Reachability.SeenOutside(stage, "plain", "198.51.100.2");
        }),
        new("mtu=1400: the interface inside and the bridge", stage =>
        {
            const string Option = "com.docker.network.";
            stage.Network("small", "--subnet=172.30.10.0/24", "-o", $"{Option}driver.mtu=1400", "-o", $"{Option}bridge.name=br-small");
            stage.Serve("small", "--network=small");
            string inside = stage.In("small", "cat", "/sys/class/net/eth0/mtu");
            string bridge = stage.World.Host.Ip("link show br-small")[0].GetProperty("mtu").ToString();
            return $"{inside} and {bridge}";
        }),
        new("container_iface_prefix=lan: the interface inside", stage =>
        {
            stage.Network("lan", "--subnet=172.30.11.0/24", "-o", "com.docker.network.container_iface_prefix=lan");
            stage.Serve("lan", "--network=lan");
            string inside = stage.In("lan", "ls", "/sys/class/net");
            return inside;
        }),
    ];

    private static Behaviour Later(string name, Func<Stage, string> observe) => new(name, observe) { Only = DockerGeneration.Later };

    private static string Routes(Stage stage, string container) => stage.In(container, "ip", "route");

    private static string Ping(Netns from, string address) =>
        from.Run("ping", "-c", "1", "-W", "1", address).ExitCode == 0 ? "an answer" : "silence";
}
