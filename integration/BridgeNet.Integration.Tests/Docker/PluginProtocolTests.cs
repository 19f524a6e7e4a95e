using System.Net.Sockets;
using System.Text.Json;

using BridgeNet.Runtimes.Docker;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>Docker's plugin protocol without Docker: calls that come twice, not at all, in another order, or broken.</summary>
public sealed class PluginProtocolTests
{
    private const string Network = ServedPlugin.Network;
    private const string Endpoint = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
    private const string Another = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    [Fact]
    public async Task It_says_what_it_is_and_is_for_root_alone()
    {
        await using ServedPlugin plugin = new();

        (await plugin.CallAsync("Plugin.Activate", "")).GetProperty("Implements")[0].GetString().Should().Be("NetworkDriver");
        (await plugin.CallAsync("NetworkDriver.GetCapabilities", "")).GetProperty("Scope").GetString().Should().Be("local");
        File.GetUnixFileMode(plugin.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        DockerPluginOptions same = new() { SocketPath = plugin.Path };
        Func<Task> another = () => plugin.World.Driver.ServeDockerAsync(same);
        await another.Should().ThrowAsync<IOException>().WithMessage("*another plugin serves there*");
    }

    [Fact]
    public async Task A_request_that_comes_twice_is_done_once()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        await plugin.MakeNetworkAsync();

        string? first = MacOf(await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2"));
        string? second = MacOf(await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2"));
        await plugin.PublishAsync(Endpoint, 8080);
        await plugin.PublishAsync(Endpoint, 8080);

        second.Should().Be(first).And.NotBeNull();
        plugin.World.Driver.Endpoints.Should().ContainSingle().Which.Ports.Should().ContainSingle();
        plugin.World.Driver.Networks.Should().ContainSingle();
    }

    [Fact]
    public async Task What_nobody_knows_is_gone_already()
    {
        await using ServedPlugin plugin = new();

        foreach (string method in new[] { "RevokeExternalConnectivity", "Leave", "DeleteEndpoint", "DeleteNetwork" })
        {
            JsonElement answer = await plugin.CallAsync($"NetworkDriver.{method}", Ids(Endpoint));
            answer.EnumerateObject().Should().BeEmpty($"{method} has nothing to do");
        }
        ServedPlugin.ErrorOf(await plugin.CallAsync("NetworkDriver.Join", Ids(Endpoint))).Should().Contain("start the container again");
    }

    [Fact]
    public async Task An_empty_body_is_refused_at_once_and_changes_nothing()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        string before = plugin.World.Host.RunOk("ip -br link | cut -d' ' -f1; nft -s list table inet bridgenet");

        foreach (string method in new[]
        {
            "CreateNetwork", "DeleteNetwork", "CreateEndpoint", "Join", "ProgramExternalConnectivity", "RevokeExternalConnectivity", "DeleteEndpoint",
        })
        {
            ServedPlugin.ErrorOf(await plugin.CallAsync($"NetworkDriver.{method}", "")).Should().Contain("empty request");
        }

        plugin.World.Host.RunOk("ip -br link | cut -d' ' -f1; nft -s list table inet bridgenet").Should().Be(before);
    }

    [Fact]
    public async Task An_address_of_a_dead_container_goes_to_the_next_one_and_a_living_one_keeps_it()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        await plugin.PublishAsync(Endpoint, 8080);
        plugin.World.Host.RunOk($"ip link set {plugin.World.Driver.Endpoints[0].InterfaceName} netns {plugin.World.AddContainer().Path}");

        string? refused = ServedPlugin.ErrorOf(await plugin.MakeEndpointAsync(Another, "172.30.0.2"));
        plugin.World.Host.RunOk($"ip link del {plugin.World.Driver.Endpoints[0].HostInterfaceName}");
        JsonElement taken = await plugin.MakeEndpointAsync(Another, "172.30.0.2");
        await plugin.PublishAsync(Another, 8080);

        refused.Should().Contain("172.30.0.2");
        MacOf(taken).Should().NotBeNull();
        plugin.World.Driver.Endpoints.Should().ContainSingle().Which.Name.Should().Be("docker-ffffffffffff");
    }

    [Fact]
    public async Task Nothing_is_left_of_a_container_that_died_with_the_daemon()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        await plugin.PublishAsync(Endpoint, 8080);
        string requests = Path.Combine(plugin.World.StateDirectory, "docker");
        int published = Directory.GetFiles(requests).Length;

        plugin.World.Host.RunOk($"ip link del {plugin.World.Driver.Endpoints[0].HostInterfaceName}");

        Eventually.Until(() => plugin.World.Driver.Endpoints.Count == 0, "the end of the endpoint");
        Eventually.Until(() => Directory.GetFiles(requests).Length == 0, "the end of the request for its ports");
        published.Should().Be(1);
    }

    [Fact]
    public async Task A_request_for_ports_goes_with_an_endpoint_that_ends_while_it_waits_for_them()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        await plugin.MakeEndpointAsync(Another, "172.30.0.3");
        await plugin.PublishAsync(Endpoint, 8080);
        string requests = Path.Combine(plugin.World.StateDirectory, "docker");

        Task<JsonElement> waiting = plugin.AskForPortAsync(Another, 8080);
        Eventually.Until(() => Directory.GetFiles(requests).Length == 2, "the request is written and waits for the port");
        plugin.World.Driver.Detach("docker-ffffffffffff").Should().BeTrue();

        ServedPlugin.ErrorOf(await waiting).Should().NotBeNull();
        Directory.GetFiles(requests).Should().ContainSingle("the other endpoint's stays");
    }

    [Fact]
    public async Task A_request_for_ports_that_a_killed_plugin_was_writing_goes_with_its_endpoint()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        string requests = Path.Combine(plugin.World.StateDirectory, "docker");
        await File.WriteAllTextAsync(Path.Combine(requests, $"{plugin.World.Driver.Endpoints[0].Name}.new"), "{");

        await plugin.CallAsync("NetworkDriver.DeleteEndpoint", Ids(Endpoint));

        Directory.GetFiles(requests).Should().BeEmpty();
    }

    [Fact]
    public async Task An_endpoint_that_Docker_ended_while_the_plugin_was_away_gives_its_address_to_the_next_one()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2"); // its interface is on the host, where Docker has moved it back
        await plugin.PublishAsync(Endpoint, 8080);

        string? mac = MacOf(await plugin.MakeEndpointAsync(Another, "172.30.0.2"));

        mac.Should().NotBeNull();
        Directory.GetFiles(Path.Combine(plugin.World.StateDirectory, "docker")).Should().BeEmpty("its request for ports went with it");
        plugin.World.Driver.Endpoints.Should().ContainSingle().Which.Name.Should().Be("docker-ffffffffffff");
    }

    [Fact]
    public async Task Of_two_networks_of_one_family_each_the_endpoint_of_a_family_has_its_ports()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        const string Six = "666666666666666666666666";
        (await plugin.CallAsync("NetworkDriver.CreateNetwork", $$"""
            {"NetworkID":"{{Six}}","IPv4Data":[],"IPv6Data":[{"Pool":"fd00:6::/64","Gateway":"fd00:6::1/64"}]}
            """)).EnumerateObject().Should().BeEmpty();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        (await plugin.CallAsync("NetworkDriver.CreateEndpoint", $$"""
            {"NetworkID":"{{Six}}","EndpointID":"{{Another}}","Interface":{"Address":"","AddressIPv6":"fd00:6::2/64","MacAddress":""} }
            """)).TryGetProperty("Err", out _).Should().BeFalse();
        string ports = string.Join(',', new[] { "", "0.0.0.0", "::" }.Select(
            (address, i) => $$"""{"Proto":6,"Port":80,"HostIP":"{{address}}","HostPort":{{8080 + i}},"HostPortEnd":{{8080 + i}} }"""));

        string? six = ServedPlugin.ErrorOf(await ProgramAsync(Six, Another, isOfIPv4Alone: "false"));
        string? four = ServedPlugin.ErrorOf(await ProgramAsync(Network, Endpoint, isOfIPv4Alone: "true"));

        (six, four).Should().Be((null, null));
        PortsOf("docker-ffffffffffff").Should().BeEquivalentTo("[::]:8080->80/tcp", "[::]:8082->80/tcp");
        PortsOf("docker-eeeeeeeeeeee").Should().BeEquivalentTo("0.0.0.0:8080->80/tcp", "0.0.0.0:8081->80/tcp");

        IEnumerable<string> PortsOf(string endpoint) => plugin.World.Driver.GetEndpoint(endpoint).Ports.Select(port => $"{port}");

        Task<JsonElement> ProgramAsync(string network, string endpoint, string isOfIPv4Alone) => plugin.CallAsync(
            "NetworkDriver.ProgramExternalConnectivity",
            $$"""
            {"NetworkID":"{{network}}","EndpointID":"{{endpoint}}","Options":{"com.docker.network.driver.private.no_proxy_6to4":{{isOfIPv4Alone}},
              "com.docker.network.portmap":[{{ports}}]} }
            """);
    }

    [Fact]
    public async Task An_interface_that_Docker_never_fetches_is_removed()
    {
        await using ServedPlugin plugin = new(TimeSpan.FromSeconds(3));
        await plugin.MakeNetworkAsync();
        Netns container = plugin.World.AddContainer();
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        Endpoint fetched = plugin.World.Driver.Endpoints[0];
        plugin.World.Host.RunOk($"ip link set {fetched.InterfaceName} netns {container.Path}");

        await plugin.MakeEndpointAsync(Another, "172.30.0.3");

        Eventually.Until(() => plugin.World.Driver.FindEndpoint("docker-ffffffffffff") is null, "what nobody fetches is gone");
        plugin.World.Driver.FindEndpoint("docker-eeeeeeeeeeee").Should().NotBeNull("it was fetched");
    }

    [Fact]
    public async Task What_a_plugin_that_was_killed_left_half_removed_is_gone_when_the_next_one_starts()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();
        string before = plugin.World.Host.RunOk("ip -br link");
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        string records = Path.Combine(plugin.World.StateDirectory, "endpoints");

        await plugin.RestartAsync(() => // as one that is killed at its first step of a DeleteEndpoint leaves it
        {
            string record = Directory.GetFiles(records, "*.json").Single();
            File.Move(record, Path.ChangeExtension(record, "removing"));
        });

        (await plugin.CallAsync("NetworkDriver.GetCapabilities", "")).GetProperty("Scope").GetString().Should().Be("local");
        Directory.GetFiles(records).Should().BeEmpty();
        plugin.World.Host.RunOk("ip -br link").Should().Be(before);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("POST /NetworkDriver.Join HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /NetworkDriver.Join HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")]
    public async Task What_is_no_request_is_refused_and_others_are_served(string text)
    {
        await using ServedPlugin plugin = new();
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(plugin.Path));

        await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));

        byte[] answer = new byte[12];
        _ = await socket.ReceiveAsync(answer);
        System.Text.Encoding.ASCII.GetString(answer).Should().Be("HTTP/1.1 400");
        (await plugin.CallAsync("Plugin.Activate", "")).GetProperty("Implements").GetArrayLength().Should().Be(2);
    }

    private static string Ids(string endpoint) => $$"""{"NetworkID":"{{Network}}","EndpointID":"{{endpoint}}"}""";

    private static string? MacOf(JsonElement answer) =>
        answer.TryGetProperty("Interface", out JsonElement own) ? own.GetProperty("MacAddress").GetString() : null;
}
