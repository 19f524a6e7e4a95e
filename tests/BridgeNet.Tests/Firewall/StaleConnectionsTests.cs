using System.Net;
using System.Net.Sockets;
using BridgeNet.Firewall;
using BridgeNet.Netlink.Netfilter;
using CsCheck;

namespace BridgeNet.Tests.Firewall;

public sealed class StaleConnectionsTests
{
    private static readonly Lazy<HashSet<IPAddress>> s_host = new([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1")]);
    private static readonly IPAddress[] s_container = [IPAddress.Parse("172.17.0.2"), IPAddress.Parse("fd00::2")];

    /// <summary>Few enough that every coincidence comes about.</summary>
    private static readonly Gen<ConntrackEntry> s_connections = Gen.Select(
        Gen.OneOf("192.0.2.1", "127.0.0.1", "203.0.113.9"), Gen.OneOf(53, 54), Gen.OneOf(ProtocolType.Udp, ProtocolType.Tcp),
        Gen.OneOf("172.17.0.2", "172.17.0.3", "192.0.2.1"), Gen.OneOf(53, 5353),
        (asked, port, protocol, answers, answersPort) => Connection(asked, port, protocol, answers, answersPort));

    private static readonly Gen<PublishedPort> s_ports = Gen.Select(
        Gen.OneOf("0.0.0.0", "192.0.2.1", "127.0.0.1"), Gen.OneOf(53, 54), Gen.OneOf(53, 5353),
        Gen.OneOf(TransportProtocol.Udp, TransportProtocol.Tcp),
        (address, host, container, protocol) => new PublishedPort(IPAddress.Parse(address), host, container, protocol));

    [Theory]
    [InlineData("192.0.2.1", 53, "192.0.2.1", 53, true)] // never translated
    [InlineData("127.0.0.9", 53, "127.0.0.9", 53, true)]
    [InlineData("192.0.2.1", 53, "172.17.0.3", 5353, true)] // to the container that had it before
    [InlineData("192.0.2.1", 53, "172.17.0.2", 5353, false)] // it is right already
    [InlineData("192.0.2.1", 53, "172.17.0.2", 9999, true)]
    [InlineData("203.0.113.9", 53, "203.0.113.9", 53, false)] // it leaves the host
    [InlineData("192.0.2.1", 54, "192.0.2.1", 54, false)]
    public void When_a_port_came_what_goes_to_it_and_not_to_the_container_is_stale(
        string asked, int port, string answers, int answersPort, bool isStale) =>
        Stale([Port("0.0.0.0")], isRemoval: false).Contains(Connection(asked, port, ProtocolType.Udp, answers, answersPort)).Should().Be(isStale);

    [Theory]
    [InlineData("192.0.2.1", 53, "172.17.0.2", 5353, true)]
    [InlineData("198.51.100.1", 53, "172.17.0.2", 5353, true)] // an address that the host had then
    [InlineData("192.0.2.1", 53, "172.17.0.3", 5353, false)] // another has it already
    [InlineData("192.0.2.1", 54, "172.17.0.2", 5353, false)] // by another port of its own
    [InlineData("192.0.2.1", 53, "192.0.2.1", 53, false)]
    public void When_a_port_went_what_came_by_it_to_the_container_is_stale(string asked, int port, string answers, int answersPort, bool isStale) =>
        Stale([Port("0.0.0.0")], isRemoval: true).Contains(Connection(asked, port, ProtocolType.Udp, answers, answersPort)).Should().Be(isStale);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "127.0.0.1", false)]
    [InlineData("0.0.0.0", "127.0.0.1", true)]
    [InlineData("::", "2001:db8::1", true)]
    [InlineData("::", "2001:db8::2", false)]
    [InlineData("::1", "::1", true)]
    public void A_port_at_one_address_concerns_no_other(string published, string asked, bool isStale) =>
        Stale([Port(published)], isRemoval: false).Contains(Connection(asked, 53, ProtocolType.Udp, asked, 53)).Should().Be(isStale);

    [Fact]
    public void What_the_kernel_is_asked_for_is_at_least_what_is_stale_and_on_removal_just_that() =>
        Gen.Select(s_ports, s_connections, Gen.Bool).Sample((port, connection, isRemoval) =>
        {
            StaleConnections stale = Stale([port], isRemoval);
            bool isAskedFor = stale.FiltersOf(port).Any(filter => filter.Matches(connection));

            return isRemoval ? isAskedFor == stale.Contains(connection) : isAskedFor || !stale.Contains(connection);
        });

    private static StaleConnections Stale(PublishedPort[] ports, bool isRemoval) =>
        new(StaleConnections.FamilyOf(ports[0]), ports, s_container, s_host, isRemoval);

    private static PublishedPort Port(string address) => new(IPAddress.Parse(address), 53, 5353, TransportProtocol.Udp);

    private static ConntrackEntry Connection(string asked, int port, ProtocolType protocol, string answers, int answersPort)
    {
        IPAddress client = asked.Contains(':', StringComparison.Ordinal) ? IPAddress.Parse("fd00::99") : IPAddress.Parse("198.51.100.7");
        return new ConntrackEntry
        {
            Original = Tuple(client, 40000, IPAddress.Parse(asked), port, protocol),
            Reply = Tuple(IPAddress.Parse(answers), answersPort, client, 40000, protocol),
        };
    }

    private static ConntrackTuple Tuple(IPAddress source, int sourcePort, IPAddress destination, int destinationPort, ProtocolType protocol) => new()
    {
        Source = source,
        Destination = destination,
        Protocol = protocol,
        SourcePort = (ushort)sourcePort,
        DestinationPort = (ushort)destinationPort,
    };
}
