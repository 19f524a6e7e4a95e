using System.Net;
using System.Net.Sockets;
using System.Text;

using BridgeNet.Integration.Tests.Stories;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Names;

/// <summary>Containers find each other by name while a process serves names. The witness is dig.</summary>
public sealed class NameServiceTests : IDisposable
{
    private static readonly NetworkDefinition s_backend = DriverWorld.Backend with
    {
        Subnets = [SubnetDefinition.Parse("172.18.0.0/24"), SubnetDefinition.Parse("fd00:18::/64")],
    };

    private static readonly NetworkDefinition s_frontend = new() { Name = "frontend", Subnets = [SubnetDefinition.Parse("172.19.0.0/24")] };

    private readonly DriverWorld _world = new(s_backend);

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Containers_of_a_network_find_each_other_by_name_alias_and_id_and_addresses_have_names()
    {
        using NameService names = _world.Driver.ServeNames();
        Container web = _world.Attach(new EndpointRequest { Name = "web", Aliases = ["www", "shop.example"] });
        Container db = _world.Attach(new EndpointRequest { Name = "db", Aliases = ["www"] });

        Dig(web, "db").Should().Be($"{db.Address}");
        Dig(db, "web AAAA").Should().Be($"{web.Endpoint.IPv6Address!.Address}");
        Dig(db, "SHOP.example").Should().Be($"{web.Address}");
        Dig(db, web.Id).Should().Be($"{web.Address}");
        Dig(db, "www").Split('\n').Should().BeEquivalentTo($"{web.Address}", $"{db.Address}");
        Dig(db, $"-x {web.Address}").Split('\n').Should().BeEquivalentTo("web.", "www.", "shop.example.", $"{web.Id}.");
        Dig(db, "web +tcp", "fd00:18::1").Should().Be($"{web.Address}");
        Status(db, "nobody").Should().Be("NXDOMAIN");
        web.Endpoint.NameServers.Should().Equal(IPAddress.Parse("172.18.0.1"), IPAddress.Parse("fd00:18::1"));
        names.Listeners.Select(listener => $"{listener}").Should().Equal("172.18.0.1:10053", "[fd00:18::1]:10053");
        NameStatistics done = names.Statistics;
        (done.Networks, done.Questions, done.OwnAnswers, done.Misses, done.Forwarded).Should().Be((1, 8, 7, 1, 0));
    }

    [Fact]
    public void A_name_ends_with_its_endpoint()
    {
        using NameService names = _world.Driver.ServeNames();
        Container web = _world.Attach(new EndpointRequest { Name = "web" });
        Container db = _world.Attach(new EndpointRequest { Name = "db" });
        string before = Dig(db, "web");

        web.Lease.Dispose();

        before.Should().Be($"{web.Address}");
        Eventually.Until(() => Status(db, "web") is "NXDOMAIN", "the end of the name");
    }

    [Fact]
    public void What_another_endpoint_has_by_now_is_answered_at_once_also_for_a_name_with_dots()
    {
        using NameService names = _world.Driver.ServeNames();
        Container asker = _world.Attach(new EndpointRequest { Name = "asker" });
        Container first = _world.Attach(new EndpointRequest { Name = "web", Aliases = ["shop.example"] });
        string before = Dig(asker, "web");
        first.Lease.Dispose();

        Container second = _world.Attach(new EndpointRequest { Name = "web", Aliases = ["shop.example"] });

        before.Should().Be($"{first.Address}");
        second.Address.Should().NotBe(first.Address);
        Dig(asker, "web").Should().Be($"{second.Address}");
        Dig(asker, "shop.example").Should().Be($"{second.Address}");
        names.Statistics.Forwarded.Should().Be(0);
    }

    [Fact]
    public void An_adopted_bridge_keeps_its_own_name_server()
    {
        _world.Host.RunOk("ip link add lan type bridge; ip addr add 172.20.0.1/24 dev lan; ip link set lan up");

        Network lan = _world.Driver.EnsureNetwork(new NetworkDefinition
        {
            Name = "lan",
            Adopt = true,
            Device = Netlink.InterfaceName.Parse("lan"),
            Subnets = [SubnetDefinition.Parse("172.20.0.0/24")],
        });

        lan.Definition.Dns.Should().BeFalse();
        _world.Host.RunOk("nft list map inet bridgenet publish4").Should().NotContain("172.20.0.1");
    }

    [Fact]
    public void A_container_knows_the_names_of_its_networks_and_of_no_other_whichever_it_asks()
    {
        using NameService names = _world.Driver.ServeNames();
        Container web = _world.Attach(new EndpointRequest { Name = "web" });
        Container other = DriverWorld.Attach(_world.Driver.EnsureNetwork(s_frontend), _world.AddContainer(), new EndpointRequest { Name = "other" });
        Container both = _world.Attach(new EndpointRequest { Name = "both" });
        _ = DriverWorld.Attach(_world.Driver.GetNetwork("frontend"), both.Place, new EndpointRequest { Name = "both2" });

        Dig(both, "web", "172.18.0.1").Should().Be($"{web.Address}");
        Dig(both, "other", "172.18.0.1").Should().Be($"{other.Address}");
        Dig(both, "web", "172.19.0.1").Should().Be($"{web.Address}");
        Status(web, "other").Should().Be("NXDOMAIN");
        Status(other, "web", "172.19.0.1").Should().Be("NXDOMAIN");
    }

    [Fact]
    public async Task From_the_attach_on_no_answer_is_wrong()
    {
        using NameService names = _world.Driver.ServeNames();
        Container asker = _world.Attach(new EndpointRequest { Name = "asker" });
        List<string> wrong = [];
        using NetworkNamespace sandbox = NetworkNamespace.Open(_world.AddContainer().Path);
        for (int i = 0; i < 250; i++)
        {
            using EndpointLease lease = _world.Network.Attach(sandbox, new EndpointRequest { Name = $"web{i}" });
            string? answer = await AskAsync(asker.Place, $"web{i}");
            if (!string.Equals(answer, $"{lease.Endpoint.IPv4Address!.Address}", StringComparison.Ordinal))
            {
                wrong.Add($"web{i}: {answer}");
            }
        }

        wrong.Should().BeEmpty();
    }

    [Fact]
    public async Task A_container_s_port_53_at_every_address_of_the_host_does_not_take_the_questions_of_others()
    {
        using NameService names = _world.Driver.ServeNames();
        Container web = _world.Attach(new EndpointRequest { Name = "web" });
        Container server = _world.Attach(new EndpointRequest { Name = "server", Publish = [.. DriverWorld.Specs("53:53/udp", "53:53")] });
        using UdpEcho echo = UdpEcho.Start(server.Place);

        Dig(web, "server").Should().Be($"{server.Address}");
        Dig(web, "server +tcp").Should().Be($"{server.Address}");
        (await UdpEcho.AskAsync(_world.Router, new IPEndPoint(World.HostAddress, 53), "hello")).Should().Contain("asked hello");
        Action taken = () => _world.Attach("172.18.0.1:53:53/udp");
        taken.Should().Throw<PortConflictException>();
    }

    [Fact]
    public async Task A_program_of_the_host_that_has_port_53_at_every_address_is_not_in_the_way()
    {
        using UdpEcho echo = UdpEcho.Start(_world.Host);
        using NameService names = _world.Driver.ServeNames();
        Container web = _world.Attach(new EndpointRequest { Name = "web" });

        Dig(web, "web").Should().Be($"{web.Address}");
        (await UdpEcho.AskAsync(_world.Router, new IPEndPoint(World.HostAddress, 53), "hello")).Should().Contain("asked hello");
    }

    [Fact]
    public void What_another_process_makes_is_served_and_a_second_service_is_refused()
    {
        using NameService names = _world.Driver.ServeNames();
        using BridgeDriver other = _world.OpenDriver();
        Network frontend = other.EnsureNetwork(s_frontend);
        Container web = DriverWorld.Attach(frontend, _world.AddContainer(), new EndpointRequest { Name = "web" });

        Action second = () => other.ServeNames();

        second.Should().Throw<NameServiceConflictException>().WithMessage($"names of {_world.StateDirectory}: *end it first");
        Eventually.Until(() => Dig(web, "web", "172.19.0.1").Length > 0, "the new network's names");
        names.Dispose();
        using NameService after = other.ServeNames();
        Dig(web, "web", "172.19.0.1").Should().Be($"{web.Address}");
    }

    [Fact]
    public async Task A_service_until_nobody_has_a_name_gives_its_place_up_with_the_last_endpoint()
    {
        using NameService names = _world.Driver.ServeNames();
        Container web = _world.Attach(new EndpointRequest { Name = "web" });
        names.Refresh().Should().Be(1);
        Task served = Task.Run(() => names.ServeUntilIdle());
        bool before = _world.Driver.AreNamesServed(web.Endpoint);

        web.Lease.Dispose();
        await served.WaitAsync(Eventually.Soon);

        (before, _world.Driver.AreNamesServed(web.Endpoint)).Should().Be((true, false));
        names.Refresh().Should().Be(0);
        names.Listeners.Should().BeEmpty();
        using BridgeDriver other = _world.OpenDriver();
        other.ServeNames().Listeners.Should().HaveCount(2);
    }

    [Fact]
    public void A_network_without_DNS_the_default_one_and_an_isolated_one_have_no_name_server()
    {
        Network plain = _world.Driver.EnsureNetwork(s_frontend with { Dns = false });
        NetworkDefinition cutOff = new() { Name = "isolated", Internal = true, IPv4Mode = GatewayMode.Isolated };
        Action impossible = () => _world.Driver.EnsureNetwork(cutOff with { Dns = true });
        impossible.Should().Throw<ConfigurationException>().WithMessage("Dns: the bridge has no address that could be asked for names: *");
        Network isolated = _world.Driver.EnsureNetwork(cutOff);
        Network standard = _world.Driver.EnsureNetwork(NetworkDefinition.Docker0);
        using NameService names = _world.Driver.ServeNames();

        foreach (Network network in new[] { plain, isolated, standard })
        {
            Container container = DriverWorld.Attach(network, _world.AddContainer());
            container.Endpoint.NameServers.Should().BeEmpty(network.Name);
        }

        names.Listeners.Select(listener => $"{listener.Address}").Should().Equal("172.18.0.1", "fd00:18::1");
        _world.Driver.EnsureNetwork(s_frontend).Id.Should().Be(plain.Id, "who says nothing of DNS takes the network as it is");
        Action other = () => _world.Driver.EnsureNetwork(s_frontend with { Dns = true });
        other.Should().Throw<NetworkConflictException>();
    }

    [Fact]
    public void An_internal_network_has_names_and_asks_nobody_else()
    {
        Network quiet = _world.Driver.EnsureNetwork(s_frontend with { Internal = true });
        using NameService names = _world.Driver.ServeNames();
        Container web = DriverWorld.Attach(quiet, _world.AddContainer(), new EndpointRequest { Name = "web" });

        Dig(web, "web", "172.19.0.1").Should().Be($"{web.Address}");
        Status(web, "example.org", "172.19.0.1").Should().Be("NXDOMAIN");
        names.Statistics.Forwarded.Should().Be(0);
    }

    [Fact]
    public void Where_a_program_has_the_port_the_other_gateways_answer_and_later_that_one_too()
    {
        using NameService names = OpenBeside(out string failure);
        Container web = DriverWorld.Attach(_world.Driver.EnsureNetwork(s_frontend), _world.AddContainer(), new EndpointRequest { Name = "web" });

        failure.Should().Be(
            "cannot listen on 172.18.0.1:10053 (udp): Address already in use: end the program that listens there, or serve names at another port");
        Dig(web, "web", "172.19.0.1").Should().Be($"{web.Address}");
        names.Refresh();
        names.Failures.Should().BeEmpty();
        names.Listeners.Should().HaveCount(3);
    }

    [Fact]
    public void Records_that_were_lost_and_made_anew_have_their_names_again()
    {
        using NameService names = _world.Driver.ServeNames();
        Container web = _world.Attach(new EndpointRequest { Name = "web", Keep = true });
        foreach (string directory in Directory.EnumerateDirectories(_world.StateDirectory))
        {
            Directory.Delete(directory, recursive: true);
        }
        using BridgeDriver other = _world.OpenDriver();

        other.Rebuild();

        other.GetNetwork("backend").Definition.Dns.Should().BeTrue();
        other.GetEndpoint("web").NameServers.Should().HaveCount(2);
        Eventually.Until(() => names.Refresh() == 1, "the records that were made again");
        Container db = DriverWorld.Attach(other.GetNetwork("backend"), _world.AddContainer(), new EndpointRequest { Name = "db" });
        Dig(web, "web").Should().Be($"{web.Address}");
        Eventually.Until(() => Dig(web, "db").Length > 0, "a container that another process attaches later");
        Dig(web, "db").Should().Be($"{db.Address}");
        Action second = () => other.ServeNames();
        second.Should().Throw<NameServiceConflictException>();
        names.Failures.Should().BeEmpty();
    }

    private NameService OpenBeside(out string failure)
    {
        using BackgroundProcess other = _world.Host.Start("socat", "UDP4-RECVFROM:10053,fork", "SYSTEM:cat");
        other.Until(() => _world.Host.Listens(ProtocolType.Udp, 10053), "the other program's socket");
        NameService names = _world.Driver.ServeNames();
        failure = names.Failures.Single();
        return names;
    }

    private static string Dig(Container from, string words, string server = "172.18.0.1") =>
        from.Place.Run($"dig +short +tries=1 +time=15 @{server} {words}").Output.TrimEnd();

    private static string Status(Container from, string words, string server = "172.18.0.1") =>
        from.Place.Run($"dig +tries=1 +time=15 @{server} {words} | sed -n 's/.*status: \\([A-Z]*\\),.*/\\1/p'").Output.TrimEnd();

    /// <summary>Asks for an IPv4 address by a message of its own; the last four bytes of the answer are the address.</summary>
    private static async Task<string?> AskAsync(Netns from, string name)
    {
        using Socket socket = from.OpenSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using CancellationTokenSource limit = new(Eventually.Soon);
        await socket.ConnectAsync(IPAddress.Parse("172.18.0.1"), 53, limit.Token);
        byte[] question = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), 0, 0, 1, 0, 1];
        await socket.SendAsync(question, limit.Token);
        byte[] answer = new byte[512];
        int length = await socket.ReceiveAsync(answer, limit.Token);
        return (answer[3] & 15) == 0 && answer[7] == 1 ? $"{new IPAddress(answer.AsSpan(length - 4, 4))}" : $"code {answer[3] & 15}";
    }
}
