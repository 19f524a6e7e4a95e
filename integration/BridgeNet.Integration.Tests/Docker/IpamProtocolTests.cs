using System.Text.Json;

namespace BridgeNet.Integration.Tests.Docker;

/// <summary>Docker's IPAM protocol without Docker: pools and addresses that are asked for and given back in any order.</summary>
public sealed class IpamProtocolTests
{
    private const string Gateway = "com.docker.network.gateway";
    private const string Endpoint = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";

    [Fact]
    public async Task A_pool_of_no_wish_is_one_that_nobody_on_the_host_has()
    {
        await using ServedPlugin plugin = new();
        plugin.World.Host.RunOk("ip link add lan type bridge; ip addr add 172.18.5.1/16 dev lan; ip link set lan up");
        plugin.World.Host.RunOk("ip route add 172.19.128.0/17 via 192.0.2.254"); // as a VPN's

        string first = await PoolAsync(plugin), second = await PoolAsync(plugin), six = await PoolAsync(plugin, isIPv6: true);

        (first, second).Should().Be(("172.20.0.0/16", "172.21.0.0/16"), "docker0's, the LAN's and the VPN's are left alone");
        six.Should().MatchRegex("^fd[0-9a-f:]+::/64$");
        await plugin.CallAsync("IpamDriver.ReleasePool", $$"""{"PoolID":"{{first}}"}""");
        (await PoolAsync(plugin)).Should().Be(first);
        (await PoolAsync(plugin, "0.0.0.0/26")).Should().EndWith("/26", "that asks for any of the size");
    }

    [Fact]
    public async Task When_no_pool_is_left_that_is_said_once_and_in_words()
    {
        await using ServedPlugin plugin = new();
        List<string> pools = [];
        string? refusal = null;
        while (refusal is null && pools.Count < 100)
        {
            JsonElement answer = await plugin.CallAsync("IpamDriver.RequestPool", "{}");
            refusal = ServedPlugin.ErrorOf(answer);
            pools.AddRange(refusal is null ? [answer.GetProperty("PoolID").GetString()!] : []);
        }

        refusal.Should().Contain("every subnet of the usual pools is taken").And.Contain("--subnet");
        pools.Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(20);
    }

    [Fact]
    public async Task Addresses_are_given_in_their_order_and_none_twice()
    {
        await using ServedPlugin plugin = new();
        string pool = await PoolAsync(plugin, "10.6.0.0/24", range: "10.6.0.128/25");

        string? gateway = await AddressAsync(plugin, pool, type: Gateway);
        string? first = await AddressAsync(plugin, pool), second = await AddressAsync(plugin, pool);
        string? named = await AddressAsync(plugin, pool, "10.6.0.7");
        string?[] refused =
        [
            await AddressAsync(plugin, pool, "10.6.0.7"), await AddressAsync(plugin, pool, "10.6.0.1"),
            await AddressAsync(plugin, pool, "10.6.0.255"), await AddressAsync(plugin, pool, "10.7.0.1"),
        ];
        await plugin.CallAsync("IpamDriver.ReleaseAddress", $$"""{"PoolID":"{{pool}}","Address":"10.6.0.128"}""");
        string? next = await AddressAsync(plugin, pool);

        (gateway, first, second, named).Should().Be(("10.6.0.1/24", "10.6.0.128/24", "10.6.0.129/24", "10.6.0.7/24"));
        refused[0].Should().Contain("10.6.0.7 is taken");
        refused[1].Should().Contain("10.6.0.1 is taken");
        refused[2].Should().Contain("broadcast");
        refused[3].Should().Contain("outside the subnet");
        next.Should().Be("10.6.0.130/24", "a freed address rests while there are others");
    }

    [Fact]
    public async Task A_pool_that_is_full_says_so_and_a_freed_address_is_given_again()
    {
        await using ServedPlugin plugin = new();
        string pool = await PoolAsync(plugin, "10.6.0.0/29");
        _ = await AddressAsync(plugin, pool, type: Gateway);

        string?[] all = new string?[6];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = await AddressAsync(plugin, pool);
        }
        await plugin.CallAsync("IpamDriver.ReleaseAddress", $$"""{"PoolID":"{{pool}}","Address":"10.6.0.4"}""");

        all[..5].Should().Equal("10.6.0.2/29", "10.6.0.3/29", "10.6.0.4/29", "10.6.0.5/29", "10.6.0.6/29");
        all[5].Should().Contain("no address is free in 10.6.0.0/29");
        (await AddressAsync(plugin, pool)).Should().Be("10.6.0.4/29");
    }

    [Theory]
    [InlineData("""{"Pool":"10.6.0.0/16"}""", "overlaps 10.6.0.0/24")]
    [InlineData("""{"Pool":"10.6.0.5/24"}""", "not a subnet")]
    [InlineData("""{"Pool":"10.8.0.0/24","SubPool":"10.9.0.0/25"}""", "outside the subnet")]
    [InlineData("""{"Options":{"colour":"red"}}""", "--ipam-opt colour=red")]
    public async Task A_pool_that_cannot_be_is_refused_in_words(string request, string reason)
    {
        await using ServedPlugin plugin = new();
        _ = await PoolAsync(plugin, "10.6.0.0/24");

        JsonElement answer = await plugin.CallAsync("IpamDriver.RequestPool", request);

        answer.GetProperty("Error").GetString().Should().Contain(reason);
    }

    [Fact]
    public async Task What_nobody_knows_is_given_back_already_and_cannot_be_asked_of()
    {
        await using ServedPlugin plugin = new();

        JsonElement pool = await plugin.CallAsync("IpamDriver.ReleasePool", """{"PoolID":"10.6.0.0/24"}""");
        JsonElement address = await plugin.CallAsync("IpamDriver.ReleaseAddress", """{"PoolID":"10.6.0.0/24","Address":"10.6.0.2"}""");
        string? asked = await AddressAsync(plugin, "10.6.0.0/24");
        string? empty = ServedPlugin.ErrorOf(await plugin.CallAsync("IpamDriver.RequestPool", ""));

        pool.EnumerateObject().Should().BeEmpty();
        address.EnumerateObject().Should().BeEmpty();
        asked.Should().Contain("no record of the pool 10.6.0.0/24");
        empty.Should().Contain("empty request");
    }

    [Fact]
    public async Task The_next_plugin_knows_the_pools_and_addresses()
    {
        await using ServedPlugin plugin = new();
        string pool = await PoolAsync(plugin, "10.6.0.0/24", range: "10.6.0.128/25");
        _ = await AddressAsync(plugin, pool, type: Gateway);
        _ = await AddressAsync(plugin, pool);
        _ = await PoolAsync(plugin, "fd00:6::/64");

        await plugin.RestartAsync();

        (await AddressAsync(plugin, pool, "10.6.0.128")).Should().Contain("is taken");
        (await AddressAsync(plugin, pool)).Should().Be("10.6.0.129/24");
        (await AddressAsync(plugin, "fd00:6::/64", type: Gateway)).Should().Be("fd00:6::1/64");
        (await RefusalAsync(plugin, "10.6.0.0/24")).Should().Contain("overlaps");
    }

    [Fact]
    public async Task Deleted_records_of_a_living_plugin_come_back_with_the_next_address()
    {
        await using ServedPlugin plugin = new();
        string pool = await PoolAsync(plugin, "10.6.0.0/24");
        _ = await AddressAsync(plugin, pool, type: Gateway);
        Directory.Delete(Path.Combine(plugin.World.StateDirectory, "docker"), recursive: true);

        _ = await AddressAsync(plugin, pool);
        await plugin.RestartAsync();

        (await AddressAsync(plugin, pool)).Should().Be("10.6.0.3/24");
    }

    [Fact]
    public async Task An_address_that_Docker_forgot_is_given_again_and_one_that_an_endpoint_has_is_not()
    {
        await using ServedPlugin plugin = new();
        string pool = await PoolAsync(plugin, "172.30.0.0/24", range: "172.30.0.0/29");
        _ = await AddressAsync(plugin, pool, type: Gateway);
        await plugin.MakeNetworkAsync();
        for (int i = 0; i < 6; i++)
        {
            _ = await AddressAsync(plugin, pool);
        }
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");
        Endpoint made = plugin.World.Driver.Endpoints[0];
        plugin.World.Host.RunOk($"ip link set {made.InterfaceName} netns {plugin.World.AddContainer().Path}");

        string? early = await AddressAsync(plugin, pool), earlyNamed = await AddressAsync(plugin, pool, "172.30.0.3");
        await plugin.RestartAsync(mostWaiting: TimeSpan.FromMilliseconds(1));
        string? late = null;
        for (int look = 0; look < 100 && late is not "172.30.0.3/24"; look++) // the first one notes that no endpoint has it
        {
            late = await AddressAsync(plugin, pool, "172.30.0.3");
        }
        string? own = await AddressAsync(plugin, pool, "172.30.0.2");

        early.Should().Contain("no address is free");
        earlyNamed.Should().Contain("172.30.0.3 is taken");
        late.Should().Be("172.30.0.3/24");
        own.Should().Contain("172.30.0.2 is taken");
    }

    [Fact]
    public async Task A_pool_whose_network_is_gone_can_be_had_again_and_one_that_nobody_here_knows_the_network_of_cannot()
    {
        await using ServedPlugin plugin = new();
        string pool = await PoolAsync(plugin, "172.30.0.0/24");
        _ = await AddressAsync(plugin, pool, type: Gateway);

        string? unknown = await RefusalAsync(plugin, "172.30.0.0/24");
        await plugin.MakeNetworkAsync();
        _ = await AddressAsync(plugin, pool);
        await plugin.RestartAsync();
        string? used = await RefusalAsync(plugin, "172.30.0.0/25");
        plugin.World.Driver.RemoveNetwork("docker-aaaaaaaaaaaa"); // by hand, for Docker forgot it
        string again = await PoolAsync(plugin, "172.30.0.0/25");

        unknown.Should().Contain("overlaps");
        used.Should().Contain("overlaps", "a network has it");
        again.Should().Be("172.30.0.0/25");
    }

    [Fact]
    public async Task A_subnet_of_a_network_that_has_its_addresses_from_elsewhere_is_refused()
    {
        await using ServedPlugin plugin = new();
        await plugin.MakeNetworkAsync();

        (await RefusalAsync(plugin, "172.30.0.0/16")).Should().Contain("overlaps 172.30.0.0/24, which network docker-aaaaaaaaaaaa has");
    }

    [Fact]
    public async Task Lost_pools_come_back_from_the_networks_and_endpoints()
    {
        await using ServedPlugin plugin = new();
        string pool = await PoolAsync(plugin, "172.30.0.0/24");
        _ = await AddressAsync(plugin, pool, type: Gateway);
        await plugin.MakeNetworkAsync();
        _ = await AddressAsync(plugin, pool);
        await plugin.MakeEndpointAsync(Endpoint, "172.30.0.2");

        await plugin.RestartAsync(() => Directory.Delete(Path.Combine(plugin.World.StateDirectory, "docker"), recursive: true));

        (await AddressAsync(plugin, pool)).Should().Be("172.30.0.3/24", "the gateway has the first, and the endpoint the second");
    }

    private static async Task<string?> RefusalAsync(ServedPlugin plugin, string subnet) =>
        ServedPlugin.ErrorOf(await plugin.CallAsync("IpamDriver.RequestPool", $$"""{"Pool":"{{subnet}}"}"""));

    private static async Task<string> PoolAsync(ServedPlugin plugin, string subnet = "", string range = "", bool isIPv6 = false)
    {
        JsonElement answer = await plugin.CallAsync("IpamDriver.RequestPool", $$"""
            {"AddressSpace":"bridgenet","Pool":"{{subnet}}","SubPool":"{{range}}","Options":null,"V6":{{(isIPv6 ? "true" : "false")}} }
            """);
        ServedPlugin.ErrorOf(answer).Should().BeNull();
        return answer.GetProperty("PoolID").GetString()!;
    }

    /// <returns>The address, or why there is none.</returns>
    private static async Task<string?> AddressAsync(ServedPlugin plugin, string pool, string address = "", string type = "")
    {
        JsonElement answer = await plugin.CallAsync("IpamDriver.RequestAddress", $$"""
            {"PoolID":"{{pool}}","Address":"{{address}}","Options":{"RequestAddressType":"{{type}}"} }
            """);
        return ServedPlugin.ErrorOf(answer) ?? answer.GetProperty("Address").GetString();
    }
}
