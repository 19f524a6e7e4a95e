using System.Net.Sockets;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>What is refused, and in which words.</summary>
internal static class Refusals
{
    private const string Option = "com.docker.network.bridge.";

    private static readonly Behaviour[] s_all =
    [
        new("a port that another container has", stage => stage.TryToRun("r1", "--network=other", "--ip=172.30.2.101", "--publish=0.0.0.0:8080:80")),
        new("a port that another container has at one address", stage =>
            stage.TryToRun("r2", "--network=other", "--ip=172.30.2.102", "--publish=0.0.0.0:8081:80")),
        new("a port that a program of the host has", stage =>
        {
            using BackgroundProcess program = stage.World.Host.Start("socat", "TCP4-LISTEN:9099,reuseaddr,fork", "PIPE");
            program.Until(() => stage.World.Host.Listens(ProtocolType.Tcp, 9099), "a program listens at 9099");
            return stage.TryToRun("r3", "--network=other", "--ip=172.30.2.103", "--publish=0.0.0.0:9099:80");
        }),
        new("a port at an address that the host has not", stage =>
            stage.TryToRun("r4", "--network=other", "--ip=172.30.2.104", "--publish=198.51.100.77:9098:80")),
        new("an option that is not there", stage => stage.TryToCreate("r5", "-o", $"{Option}enable_ic=true")),
        new("a value that an option cannot have", stage => stage.TryToCreate("r6", "-o", $"{Option}enable_icc=maybe")),
        new("an mtu that cannot be", stage => stage.TryToCreate("r7", "-o", "com.docker.network.driver.mtu=-1")),
        new("a bridge that another network has", stage =>
        {
            stage.Network("r8", "--subnet=172.30.30.0/24", "-o", $"{Option}name=br-r8");
            return stage.TryToCreate("r9", "--subnet=172.30.31.0/24", "-o", $"{Option}name=br-r8");
        }),
        new("a bridge's name that is too long", stage => stage.TryToCreate("r10", "-o", $"{Option}name=br-with-a-long-name")),
        new("a subnet that another network has", stage => stage.TryToCreate("r11", "--subnet=172.30.2.0/25")),
        new("a gateway outside the subnet", stage => stage.TryToCreate("r12", "--subnet=172.30.32.0/24", "--gateway=172.30.33.1")),
        new("a subnet with bits behind its length", stage => stage.TryToCreate("r13", "--subnet=172.30.34.1/24")),
        new("two subnets of IPv4", stage => stage.TryToCreate("r14", "--subnet=172.30.35.0/24", "--subnet=172.30.36.0/24")),
        new("a name that another network has", stage => stage.Try("network", "create", "-d", stage.Driver, "web")),
        new("an address outside the subnet", stage => stage.TryToRun("r15", "--network=other", "--ip=172.31.0.9")),
        new("an address that another container has", stage => stage.TryToRun("r16", "--network=other", "--ip=172.30.2.10")),
        new("the gateway's address", stage => stage.TryToRun("r17", "--network=other", "--ip=172.30.2.1")),
        new("an address without a subnet", stage =>
        {
            stage.Network("r18");
            return stage.TryToRun("r19", "--network=r18", "--ip=172.30.37.9");
        }),
        new("a MAC address that cannot be", stage => stage.TryToRun("r20", "--network=other", "--mac-address=01:00:5e:00:00:01")),
        new("removing a network with containers", stage => stage.Try("network", "rm", "bound")),
        new("connecting a container twice", stage => stage.Try("network", "connect", "web", "back")),
        new("disconnecting a container that is not connected", stage => stage.Try("network", "disconnect", "other", "back")),
        new("--publish on an internal network", stage => stage.TryToRun("r21", "--network=inside", "--publish=8089:80")),
    ];

    /// <summary>On the later release alone: the words of the older one are others, and mean the same.</summary>
    public static IReadOnlyList<Behaviour> All => [.. s_all.Select(behaviour => behaviour with { Only = DockerGeneration.Later })];
}
