using System.Net;
using System.Net.Sockets;

using BridgeNet.Integration.Tests.Dns.Conformance;
using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Dns;

/// <summary>What dig says to the server's answers.</summary>
public sealed class DnsAnswerTests : IDisposable
{
    private readonly DnsWorld _world = new();

    public DnsAnswerTests() => _world.Start();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("+short web", "10.89.1.2")]
    [InlineData("+short +tcp web", "10.89.1.2")]
    [InlineData("+short WEB.dns.podman", "10.89.1.2")]
    [InlineData("+short web AAAA", "fd00:1::2")]
    [InlineData("+short db AAAA", "")]
    [InlineData("+short -x 10.89.1.3", "db.\nwww.")]
    [InlineData("+short -x fd00:1::2", "web.\nwww.")]
    [InlineData("+short web MX", "")]
    public void A_container_finds_another(string words, string expected) => _world.Dig(1, words).Should().Be(expected);

    [Theory]
    [InlineData("web", "NOERROR")]
    [InlineData("web MX", "NOERROR")]
    [InlineData("nope", "NXDOMAIN")]
    [InlineData("nope.dns.podman", "NXDOMAIN")]
    [InlineData("+opcode=notify web", "NOTIMP")]
    [InlineData("+opcode=update web", "NOTIMP")]
    [InlineData("+edns=1 +noednsnegotiation web", "BADVERS")]
    [InlineData("web CH TXT", "REFUSED")]
    [InlineData("+tcp web AXFR", "failed")]
    [InlineData("example.org", "SERVFAIL")]
    public void A_question_has_the_status_of_the_RFCs(string words, string expected) => _world.Dig(1, words).Should().Contain(expected);

    [Fact]
    public void The_server_answers_by_IPv6_too() => _world.Dig(0, "+short db", "fd00:1::1").Should().Be("10.89.1.3");

    [Fact]
    public void The_host_asks_the_gateway() => DnsWorld.DigFrom(_world.Host, "+short web").Should().Be("10.89.1.2");

    [Fact]
    public void A_container_knows_the_names_of_its_own_networks_alone()
    {
        _world.Write("n2", "10.89.2.1\nc1 10.89.2.2  web\nc9 10.89.2.9  far\n");
        _world.HangUp();

        Eventually.Until(() => _world.Dig(0, "+short far") is "10.89.2.9", "a name of the second network");
        _world.Dig(0, "+short web", "10.89.2.1").Split('\n').Should().BeEquivalentTo("10.89.1.2", "10.89.2.2");
        _world.Dig(1, "far").Should().Contain("NXDOMAIN");
        _world.Dig(1, "+short web").Should().Be("10.89.1.2");
    }

    [Fact]
    public void A_long_answer_is_cut_and_dig_asks_again_by_TCP()
    {
        _world.WriteFirst(string.Concat(Enumerable.Range(10, 120).Select(number => $"x{number} 10.89.1.{number}  many\n")));
        _world.HangUp();
        Eventually.Until(() => _world.Dig(1, "+short many") is { Length: > 0 }, "the names");

        _world.Dig(1, "+short many").Split('\n').Should().HaveCount(120);
        _world.Dig(1, "+noedns +ignore many").Should().Contain("flags: qr aa tc rd ra").And.Contain("MSG SIZE  rcvd: 502");
    }

    [Fact]
    public void Who_takes_no_answers_holds_up_nobody_else()
    {
        _world.WriteFirst(string.Concat(Enumerable.Range(10, 120).Select(number => $"x{number} 10.89.1.{number}  many\n")));
        _world.HangUp();
        Eventually.Until(() => _world.Dig(0, "+short many") is { Length: > 0 }, "the names");
        Netns mute = _world.Containers[1];
        string gateway = _world.Host.RunOk("ip -br link show br1 | awk '{print $3}'").Trim();
        mute.RunOk($"ip link set eth0 arp off && ip neigh replace 10.89.1.1 lladdr {gateway} dev eth0");
        mute.RunOk(string.Concat(Enumerable.Range(150, 40).Select(number => $"ip addr add 10.89.1.{number}/24 dev eth0;")));

        mute.In(() => Enumerable.Range(150, 40).Sum(Flood));

        DnsWorld.DigFrom(_world.Containers[0], "+time=2 +short db").Should().Be("10.89.1.3");
    }

    /// <summary>Asks a hundred times from an address for a long answer, and takes none.</summary>
    private static int Flood(int number)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse($"10.89.1.{number}"), 0));
        byte[] question = MessageBytes.AskWithEdns("many", size: 4096);
        return Enumerable.Range(0, 100).Sum(_ => socket.SendTo(question, new IPEndPoint(IPAddress.Parse("10.89.1.1"), 53)));
    }
}
