using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>What is refused, and in which words.</summary>
internal static class Refusals
{
    private const string Option = "com.docker.network.bridge.";

    public static IReadOnlyList<Behaviour> All { get; } =
    [
        new("a port that another container has", stage => Run(stage, "r1", "--network=other", "--publish=8080:80")),
        new("a port that another container has at one address", stage => Run(stage, "r2", "--network=other", "--publish=8081:80")),
        new("a port that a program of the host has", stage =>
        {
            using BackgroundProcess program = stage.World.Host.Start("socat", "TCP4-LISTEN:9099,reuseaddr,fork", "PIPE");
            program.Until(() => stage.World.Host.Listens(ProtocolType.Tcp, 9099), "a program listens at 9099");
            return Run(stage, "r3", "--network=other", "--publish=9099:80");
        }),
        new("a port at an address that the host has not", stage => Run(stage, "r4", "--network=other", "--publish=198.51.100.77:9098:80")),
        new("an option that is not there", stage => Create(stage, "r5", "-o", $"{Option}enable_ic=true")),
        new("a value that an option cannot have", stage => Create(stage, "r6", "-o", $"{Option}enable_icc=maybe")),
        new("an mtu that cannot be", stage => Create(stage, "r7", "-o", "com.docker.network.driver.mtu=-1")),
        new("a bridge that another network has", stage =>
        {
            stage.Network("r8", "--subnet=172.30.30.0/24", "-o", $"{Option}name=br-r8");
            string seen = Create(stage, "r9", "--subnet=172.30.31.0/24", "-o", $"{Option}name=br-r8");
            _ = stage.TryAndUndo("r8", "version");
            return seen;
        }),
        new("a bridge's name that is too long", stage => Create(stage, "r10", "-o", $"{Option}name=br-with-a-long-name")),
        new("a subnet that another network has", stage => Create(stage, "r11", "--subnet=172.30.2.0/25")),
        new("a gateway outside the subnet", stage => Create(stage, "r12", "--subnet=172.30.32.0/24", "--gateway=172.30.33.1")),
        new("a subnet with bits behind its length", stage => Create(stage, "r13", "--subnet=172.30.34.1/24")),
        new("two subnets of IPv4", stage => Create(stage, "r14", "--subnet=172.30.35.0/24", "--subnet=172.30.36.0/24")),
        new("a name that another network has", stage => stage.Try("network", "create", "-d", stage.Driver, "web")),
        new("an address outside the subnet", stage => Run(stage, "r15", "--network=other", "--ip=172.31.0.9")),
        new("an address that another container has", stage => Run(stage, "r16", "--network=other", "--ip=172.30.2.10")),
        new("the gateway's address", stage => Run(stage, "r17", "--network=other", "--ip=172.30.2.1")),
        new("an address without a subnet", stage =>
        {
            stage.Network("r18");
            string seen = Run(stage, "r19", "--network=r18", "--ip=172.30.37.9");
            _ = stage.TryAndUndo("r18", "version");
            return seen;
        }),
        new("a MAC address that cannot be", stage => Run(stage, "r20", "--network=other", "--mac-address=01:00:5e:00:00:01")),
        new("removing a network with containers", stage => stage.Try("network", "rm", "web")),
        new("connecting a container twice", stage => stage.Try("network", "connect", "web", "back")),
        new("disconnecting a container that is not connected", stage => stage.Try("network", "disconnect", "other", "back")),
        new("--publish on an internal network", stage => Run(stage, "r21", "--network=inside", "--publish=8089:80")),
    ];

    private static string Run(Stage stage, string name, params string[] options) =>
        stage.TryAndUndo(name, ["run", "-d", "--stop-signal=KILL", "--name", name, .. options, "web"])
            .Replace($" on endpoint {name} (ID)", "", StringComparison.Ordinal);

    private static string Create(Stage stage, string name, params string[] options) =>
        stage.TryAndUndo(name, ["network", "create", "-d", stage.Driver, .. options, name]);
}
