namespace BridgeNet.Integration.Tests.Docker.Comparison;

/// <summary>What stands on a stage from the beginning.</summary>
internal static class StageSetUp
{
    private const string Option = "com.docker.network.bridge.";

    /// <summary>The networks: each is one subnet of 172.30.0.0/16.</summary>
    public static void MakeNetworks(Stage stage)
    {
        stage.Network("web", "--ipv6", "--subnet=172.30.1.0/24", "--subnet=fd00:30:1::/64");
        stage.Network("other", "--subnet=172.30.2.0/24");
        stage.Network("inside", "--internal", "--subnet=172.30.3.0/24");
        stage.Network("apart", "--subnet=172.30.4.0/24", "-o", $"{Option}enable_icc=false");
        stage.Network("bound", "--subnet=172.30.5.0/24", "-o", $"{Option}host_binding_ipv4=127.0.0.1");
        if (stage.IsLater)
        {
            stage.Network("routed", "--subnet=172.30.6.0/24", "-o", $"{Option}gateway_mode_ipv4=routed");
            stage.Network("isolated", "--internal", "--subnet=172.30.7.0/24", "-o", $"{Option}gateway_mode_ipv4=isolated");
            stage.Network("open", "--subnet=172.30.8.0/24", "-o", $"{Option}gateway_mode_ipv4=nat-unprotected");
        }
        stage.World.Router.RunOk("ip route replace 172.30.0.0/16 via 192.0.2.1"); // a neighbour that knows the way
    }

    /// <summary>The containers: most have the address .10 of their network.</summary>
    public static void StartContainers(Stage stage)
    {
        List<string[]> containers =
        [
            ["front", "--network=web", "--ip=172.30.1.10", "--ip6=fd00:30:1::10", "--network-alias=shop", "--restart=always",
                "--publish=8080:80", "--publish=127.0.0.1:8081:80", "--publish=20000-20002:78-80"],
            ["back", "--network=web", "--restart=always"],
            ["far", "--network=other", "--ip=172.30.2.10", "--publish=80"],
            ["hidden", "--network=inside", "--ip=172.30.3.10", "--publish=8083:80"],
            ["beside", "--network=inside", "--ip=172.30.3.11"],
            ["one", "--network=apart", "--ip=172.30.4.10", "--publish=8084:80"],
            ["two", "--network=apart", "--ip=172.30.4.11"],
            ["bound", "--network=bound", "--ip=172.30.5.10", "--publish=8085:80"],
        ];
        if (stage.IsLater)
        {
            containers.AddRange(
            [
                ["routed", "--network=routed", "--ip=172.30.6.10", "--publish=8086:80"],
                ["lone", "--network=isolated", "--ip=172.30.7.10"],
                ["lonely", "--network=isolated", "--ip=172.30.7.11"],
                ["open", "--network=open", "--ip=172.30.8.10", "--publish=8088:80"],
            ]);
        }
        Parallel.ForEach(containers, new ParallelOptions { MaxDegreeOfParallelism = 3 }, container =>
        {
            stage.Serve(container[0], container[1..]);
            stage.WaitUntilServing(container[0]);
        });
        const string Script = """
            cd /; /bin/busybox mkdir cgi-bin
            printf '#!/bin/busybox sh\nprintf "Content-Type: text/plain\\r\\n\\r\\n%%s" "$REMOTE_ADDR"\n' > cgi-bin/me
            /bin/busybox chmod 755 cgi-bin/me
            """;
        stage.In("front", "sh", "-c", Script);
    }

    /// <summary>Removes everything, in the order in which a person does.</summary>
    public static void Clear(Stage stage)
    {
        string[] containers = stage.World.RunOk("ps", "-aq").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (containers.Length > 0)
        {
            stage.World.RunOk(["rm", "-f", "-v", .. containers]);
        }
        stage.World.RunOk("network", "prune", "-f");
    }
}
