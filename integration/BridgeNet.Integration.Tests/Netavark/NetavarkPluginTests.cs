using System.Text.Json.Nodes;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>Drivers that are other people's programs, and the words of a call, beside netavark 1.17 itself.</summary>
public sealed class NetavarkPluginTests
{
    /// <summary>It keeps what it is given, says something on stderr, and makes an interface.</summary>
    private const string Good =
        """
        #!/usr/bin/sh
        cat > /run/given.$1
        echo "$1 was asked" >&2
        if [ $1 = create ]; then
          cat /run/given.create
          exit
        fi
        if [ $1 = setup ]; then
          /usr/bin/ip link add ext0 type veth peer name eth1 netns ${2##*/}
          printf '{"dns_search_domains":[],"dns_server_ips":[],"interfaces":{"eth1":{"mac_address":"02:00:00:00:00:01","subnets":[]}}}'
        else
          /usr/bin/ip link del ext0
        fi
        """;

    private const string Bad =
        """
        #!/usr/bin/sh
        cat > /dev/null
        printf '{"error":"%s is beyond me"}' $1
        exit 3
        """;

    [Fact]
    public void A_plugin_is_called_and_answers_as_with_netavark()
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1).OnPlugin(2, "good").Publish("- 8080 80 1 tcp");
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            Install(host);
            host.AddSandbox(call);
        }

        CommandResult answer = Do(ours, isOurs: true, "setup", call), expected = Do(theirs, isOurs: false, "setup", call);

        JsonNode? own = JsonNode.Parse(answer.OrThrow().Output)!["n2"], netavarks = JsonNode.Parse(expected.OrThrow().Output)!["n2"];
        JsonNode.DeepEquals(own, netavarks).Should().BeTrue(answer.Output);
        answer.Errors.Should().Be("setup was asked\n");
        ours.Inside(call, "/usr/bin/ip -br link").Output.Should().Contain("eth0").And.Contain("eth1");
        Do(ours, isOurs: true, "teardown", call).OrThrow();
        Do(theirs, isOurs: false, "teardown", call).OrThrow();
        foreach (string verb in (string[])["setup", "teardown"])
        {
            JsonObject given = Given(ours, verb), givenByTheirs = Given(theirs, verb);
            given.Select(pair => pair.Key).Should().BeEquivalentTo(givenByTheirs.Select(pair => pair.Key));
            JsonNode.DeepEquals(given["port_mappings"], givenByTheirs["port_mappings"]).Should().BeTrue($"{given}");
            ((string?)given["network"]!["driver"]).Should().Be("good");
            ((string?)given["network_options"]!["interface_name"]).Should().Be("eth1");
        }
        ours.Links.Should().NotContain("ext0").And.NotContain("br1");
    }

    [Fact]
    public void A_network_is_created_by_its_plugin_or_by_what_the_host_has()
    {
        const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        using NetavarkHost host = new();
        Install(host);
        host.World.Host.RunOk("ip link add podman1 type bridge");
        string Order(string driver) =>
            $$$"""
            {"network":{"name":"n1","id":"{{{Id}}}","driver":"{{{driver}}}","dns_enabled":false,"internal":false,"ipv6_enabled":false},
             "used":{"interfaces":[],"names":{},"subnets":[]},
             "options":{"subnet_pools":[{"base":"10.89.0.0/16","size":24}],"default_interface_name":"podman","check_used_subnets":true}}
            """;

        CommandResult ByPlugin(string driver) => host.Do(isOurs: true, "--plugin-directory /run/plugins create", Order(driver));

        CommandResult good = ByPlugin("good"), bad = ByPlugin("bad"), bridge = host.Do(isOurs: true, "create", Order("bridge"));

        ((string?)JsonNode.Parse(good.OrThrow().Output)!["driver"]).Should().Be("good");
        (bad.ExitCode, bad.Output).Should().Be((1, "{\"error\":\"plugin \\\"bad\\\" failed: exit code 3, message: create is beyond me\"}\n"));
        JsonNode made = JsonNode.Parse(bridge.OrThrow().Output)!;
        ((string?)made["network_interface"], (string?)made["subnets"]![0]!["gateway"]).Should().Be(("podman2", "10.89.0.1"));
    }

    [Fact]
    public void A_plugin_that_fails_is_named_with_its_words_and_the_other_networks_are_taken_back()
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1).OnPlugin(2, "bad"), later = new NetavarkCall(1).OnPlugin(2, "good").OnPlugin(3, "bad");
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            Install(host);
            host.AddSandbox(call);
        }
        string links = ours.Links;

        CommandResult refused = Do(ours, isOurs: true, "setup", call), refusedByTheirs = Do(theirs, isOurs: false, "setup", call);
        CommandResult refusedLater = Do(ours, isOurs: true, "setup", later);
        CommandResult teardown = Do(ours, isOurs: true, "teardown", new NetavarkCall(1).OnPlugin(2, "bad"));

        (refused.ExitCode, refused.Output).Should().Be((1, refusedByTheirs.Output));
        refused.Output.Should().Be("{\"error\":\"plugin \\\"bad\\\" failed: exit code 3, message: setup is beyond me\"}\n");
        refusedLater.ExitCode.Should().Be(1);
        teardown.Output.Should().Contain("teardown is beyond me");
        ours.Links.Should().Be(links);
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("../plugins/good")]
    public void A_driver_without_a_program_is_refused_before_the_first_change(string driver)
    {
        using NetavarkHost host = new();
        Install(host);
        NetavarkCall call = new NetavarkCall(1).On(1).OnPlugin(2, driver);
        host.AddSandbox(call);
        string links = host.Links;

        CommandResult refused = Do(host, isOurs: true, "setup", call);

        refused.ExitCode.Should().Be(1);
        refused.Output.Should().Contain($"unknown network driver \\\"{driver}\\\"");
        host.Links.Should().Be(links);
        Do(host, isOurs: true, "teardown", new NetavarkCall(1).OnPlugin(2, driver)).Output.Should().Contain("unknown network driver");
    }

    [Fact]
    public void A_plugin_whose_answer_nobody_understands_takes_back_what_it_did()
    {
        using NetavarkHost host = new();
        Install(host);
        host.Podman.ShellOk("sed 's/{\"dns_search/[{\"dns_search/' /run/plugins/good > /run/plugins/odd; chmod +x /run/plugins/odd");
        NetavarkCall call = new NetavarkCall(1).OnPlugin(2, "odd");
        host.AddSandbox(call);
        string links = host.Links;

        CommandResult refused = Do(host, isOurs: true, "setup", call);

        refused.ExitCode.Should().Be(1);
        refused.Output.Should().Contain("plugin \\\"odd\\\" failed");
        host.Links.Should().Be(links);
    }

    [Fact]
    public void A_container_whose_answer_nobody_can_read_is_taken_back()
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).On(1).Publish("- 8080 80 1 tcp");
        host.AddSandbox(call);
        string links = host.Links;

        CommandResult result = host.Podman.Shell(
            $"{host.Podman.OwnHelpers}/netavark --config /run/networks setup {call.Sandbox} > /dev/full", $"{call}\n");

        (result.ExitCode, result.Errors).Should().Be((1, ""));
        host.Links.Should().Be(links);
        host.Remains.Should().BeEmpty();
    }

    [Fact]
    public void A_long_name_of_a_network_leaves_nothing_behind()
    {
        using NetavarkHost host = new();
        string name = new('n', 200);
        string call = new NetavarkCall(1).On(1).ToString().Replace("\"n1\"", $"\"{name}\"", StringComparison.Ordinal);
        host.AddSandbox(new NetavarkCall(1));
        string links = host.Links;

        host.Do(isOurs: true, "setup /run/netns/c1", call).OrThrow();
        host.RemoveSandbox(new NetavarkCall(1));
        host.Do(isOurs: true, "teardown /run/netns/c1", call).OrThrow();

        host.Links.Should().Be(links);
    }

    [Fact]
    public void A_request_may_be_a_file_and_what_is_wrong_is_told_as_by_netavark()
    {
        using NetavarkHost host = new();
        NetavarkCall call = new NetavarkCall(1).On(1);
        host.AddSandbox(call);
        host.Podman.ShellOk("cat > /run/request.json", $"{call}\n");

        host.Do(isOurs: true, $"--file /run/request.json setup {call.Sandbox}").OrThrow().Output.Should().Contain("10.89.1.2/24");
        host.Do(isOurs: true, $"-f /run/request.json teardown {call.Sandbox}").OrThrow();

        foreach (string words in (string[])["-f /run/nosuch setup /run/netns/c1", "-f /run/request.json setup /run/netns/nosuch"])
        {
            CommandResult ours = host.Do(isOurs: true, words), theirs = host.Do(isOurs: false, words);
            (ours.ExitCode, ours.Output).Should().Be((theirs.ExitCode, theirs.Output), words);
        }
        host.Do(isOurs: true, "--help").OrThrow().Output.Should().StartWith("Usage: netavark");
    }

    [Theory]
    [InlineData("nftables")]
    [InlineData("iptables")]
    [InlineData("none")]
    public void Lines_of_the_log_are_those_of_netavark(string driver)
    {
        using NetavarkHost theirs = new(), ours = new();
        NetavarkCall call = new NetavarkCall(1).On(1);
        foreach (NetavarkHost host in (NetavarkHost[])[theirs, ours])
        {
            host.AddSandbox(call);
        }

        CommandResult Log(NetavarkHost host, string filter)
        {
            string program = $"{(host == ours ? host.Podman.OwnHelpers : LaterPodman.Helpers)}/netavark";
            return host.Podman.Shell($"RUST_LOG={filter} NETAVARK_FW={driver} {program} --config /run/networks setup {call.Sandbox}", $"{call}\n");
        }

        Log(ours, "netavark=info").Errors.Split('\n')[0].Should().Be(Log(theirs, "netavark=info").Errors.Split('\n')[0]).And.Contain("firewall");
        Log(ours, "netavark=warn").Errors.Should().BeEmpty();
    }

    private static void Install(NetavarkHost host)
    {
        host.Podman.ShellOk("mkdir -p /run/plugins /run/more");
        foreach ((string name, string text) in ((string, string)[])[("good", Good), ("bad", Bad)])
        {
            host.Podman.ShellOk($"cat > /run/plugins/{name}; chmod +x /run/plugins/{name}", text);
        }
    }

    private static CommandResult Do(NetavarkHost host, bool isOurs, string verb, NetavarkCall call) =>
        host.Do(isOurs, $"--plugin-directory /run/more --plugin-directory /run/plugins {verb} {call.Sandbox}", $"{call}\n");

    private static JsonObject Given(NetavarkHost host, string verb) => JsonNode.Parse(host.Podman.ShellOk($"cat /run/given.{verb}"))!.AsObject();
}
