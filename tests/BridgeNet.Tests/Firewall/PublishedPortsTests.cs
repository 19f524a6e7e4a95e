using BridgeNet.Firewall;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.State;

using static BridgeNet.Tests.Firewall.FirewallSamples;

namespace BridgeNet.Tests.Firewall;

/// <summary>Who has which port, of both families.</summary>
public sealed class PublishedPortsTests : IDisposable
{
    private readonly FirewallHost _host = new();

    public PublishedPortsTests() => FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0], []));

    private NetfilterSocket Netfilter => _host.Netfilter;

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("8080:80", "8080:80")]
    [InlineData("8080:80", "127.0.0.1:8080:80")]
    [InlineData("127.0.0.1:8080:80", "8080:80")]
    [InlineData("127.0.0.1:8080:80", "127.0.0.1:8080:80")]
    [InlineData("[::]:8080:80", "[::1]:8080:80")]
    [InlineData("[::1]:8080:80", "[::]:8080:80")]
    [InlineData("[::1]:8080:80", "[::1]:8080:80")]
    [InlineData("8000-8999:8000-8999", "8500:80")]
    [InlineData("8000-8999:8000-8999", "8000:80")]
    [InlineData("8000-8999:8000-8999", "127.0.0.1:8999:80")]
    [InlineData("8500:80", "8000-8999:8000-8999")]
    [InlineData("127.0.0.1:8500:80", "8000-8999:8000-8999")]
    [InlineData("8000-8999:8000-8999", "8990-9010:8990-9010")]
    [InlineData("8000-8999:8000-8999", "127.0.0.1:8990-9010:8990-9010")]
    [InlineData("127.0.0.1:8990-9010:8990-9010", "8000-8999:8000-8999")]
    [InlineData("127.0.0.1:8990-9010:8990-9010", "127.0.0.1:9010:90")]
    [InlineData("127.0.0.1:9010:90", "127.0.0.1:8990-9010:90-110")]
    [InlineData("8000-8010:80-90", "8005-8006:8005-8006")]
    [InlineData("[::]:65000-65535:65000-65535", "[::]:65535:80")]
    [InlineData("65535:80", "65000-65535:65000-65535")]
    [InlineData("127.0.0.1:65535:80", "65000-65535:65000-65535")]
    [InlineData("60000-65535:60000-65535", "50000-60000:50000-60000")]
    [InlineData("60000-60010:60000-60010", "50000-65535:50000-65535")]
    [InlineData("60000-65535:60000-65535", "127.0.0.1:65535:80")]
    [InlineData("65000-65535:65000-65535", "65535:80")]
    [InlineData("8080:80", "1-65535:1-65535")]
    [InlineData("1-65535:1-65535", "65534:80")]
    public void Two_owners_do_not_share_a_port(string held, string wanted)
    {
        Publish(held, "one");
        string before = _host.Listing();

        Action publish = () => Publish(wanted, "two");

        publish.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EEXIST);
        _host.Listing().Should().Be(before);
        PublishedPorts.HolderOf(Netfilter, Port(wanted)).Should().Be("one");
    }

    [Theory]
    [InlineData("8080:80", "8080:80/udp")]
    [InlineData("8080:80", "[::]:8080:80")]
    [InlineData("8080:80", "8081:80")]
    [InlineData("127.0.0.1:8080:80", "127.0.0.2:8080:80")]
    [InlineData("[::1]:8080:80", "[2001:db8::1]:8080:80")]
    [InlineData("127.0.0.1:8080:80", "[::]:8080:80")]
    [InlineData("8000-8999:8000-8999", "9000:80")]
    [InlineData("8000-8999:8000-8999", "9000-9999:9000-9999")]
    [InlineData("9000-9999:9000-9999", "8000-8999:8000-8999")]
    [InlineData("8000-8999:8000-8999", "7999:80")]
    [InlineData("8000-8999:8000-8999", "8000-8999:8000-8999/udp")]
    [InlineData("127.0.0.1:8000-8010:8000-8010", "127.0.0.2:8005-8015:8005-8015")]
    public void Ports_that_differ_in_family_protocol_number_or_address_live_side_by_side(string held, string wanted)
    {
        Publish(held, "one");
        PublishedPorts.HolderOf(Netfilter, Port(wanted)).Should().BeNull();

        Publish(wanted, "two");

        PublishedPorts.HolderOf(Netfilter, Port(held)).Should().Be("one");
        PublishedPorts.HolderOf(Netfilter, Port(wanted)).Should().Be("two");
    }

    [Theory]
    [InlineData("127.0.0.1:8080:80", "127.0.0.2:8080:80", "8080:80")]
    [InlineData("[::1]:8080:80", "[2001:db8::1]:8080:80", "[::]:8080:80")]
    public void A_port_at_every_address_is_free_once_the_last_of_the_single_addresses_is(string first, string second, string everywhere)
    {
        Publish(first, "one");
        Publish(second, "two");

        Remove(first, "one");
        Action tooEarly = () => Publish(everywhere, "one");
        tooEarly.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EEXIST);
        PublishedPorts.HolderOf(Netfilter, Port(everywhere)).Should().Be("two");
        Remove(second, "two");

        PublishedPorts.HolderOf(Netfilter, Port(everywhere)).Should().BeNull();
        Publish(everywhere, "one");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_published_leaves_nothing_when_it_ends(bool isCertain)
    {
        string empty = _host.Listing();
        IReadOnlyCollection<EndpointState> endpoints = With(Docker0).Endpoints;
        foreach ((EndpointState endpoint, PublishedPort port) in endpoints.SelectMany(endpoint => endpoint.Ports.Select(port => (endpoint, port))))
        {
            FirewallTable.TryAdd(Netfilter, PortElements.Of(endpoint, port)).Should().BeTrue();
        }

        foreach (EndpointState endpoint in endpoints)
        {
            PublishedPorts.Change(Netfilter, endpoint, [], [], isCertain);
        }

        _host.Listing().Should().Be(empty);
    }

    [Fact]
    public void What_two_ports_of_an_endpoint_share_goes_with_the_second()
    {
        string empty = _host.Listing();
        Publish("8080:80", "one");
        string single = _host.Listing();
        Publish("8081:80", "one");

        PublishedPorts.Change(Netfilter, WithPorts("one", "8080:80", "8081:80"), [Port("8080:80")], [], isCertain: true);
        _host.Listing().Should().Be(single);
        PublishedPorts.Change(Netfilter, WithPorts("one", "8080:80"), [], [], isCertain: true);

        _host.Listing().Should().Be(empty);
    }

    [Theory]
    [InlineData("8000-8999:8000-8999")]
    [InlineData("127.0.0.1:8000-8010:8000-8010")]
    [InlineData("8000-8010:80-90")]
    public void Of_a_range_a_part_is_taken_back(string spec)
    {
        string empty = _host.Listing();
        EndpointState one = WithPorts("one", spec);
        PublishedPort whole = one.Ports[0];
        PublishedPort[] parts = [whole.Part(0, 4), whole.Part(6, whole.Count - 6)];
        FirewallTable.TryAdd(Netfilter, parts.SelectMany(part => PortElements.Of(one, part))).Should().BeTrue();
        string wanted = _host.Listing();
        PublishedPorts.Change(Netfilter, one with { Ports = [.. parts] }, [], [], isCertain: true);
        _host.Listing().Should().Be(empty);
        Publish(spec, "one");

        PublishedPorts.Change(Netfilter, one, parts, [], isCertain: true);

        _host.Listing().Should().Be(wanted);
        PublishedPorts.HolderOf(Netfilter, whole.Part(4, 2)).Should().BeNull();
        PublishedPorts.HolderOf(Netfilter, whole.Part(3, 1)).Should().Be("one");
        PublishedPorts.HolderOf(Netfilter, whole.Part(6, 1)).Should().Be("one");
        parts.Should().OnlyContain(part => PublishedPorts.IsThere(Netfilter, one, part));
        PublishedPorts.IsThere(Netfilter, one, whole).Should().BeFalse();
    }

    [Theory]
    [InlineData("8080:80", "127.0.0.1:8080:80")]
    [InlineData("8000-8010:8000-8010", "127.0.0.1:8005:80")]
    [InlineData("8000-8010:8000-8010", "127.0.0.1:8000-8001:8000-8001")]
    [InlineData("127.0.0.1:8080:80", "8080:80")]
    [InlineData("8000-8004:8000-8004", "8000-8010:8000-8010")]
    public void Who_was_refused_takes_nothing_of_others_back(string held, string wanted)
    {
        Publish(held, "one");
        string before = _host.Listing();

        PublishedPorts.Change(Netfilter, WithPorts("two", wanted), [], [], isCertain: false);
        _host.Listing().Should().Be(before);
        PublishedPorts.Change(Netfilter, WithPorts("two", wanted), [], [], isCertain: true);

        _host.Listing().Should().Be(before, "the record said so, and was wrong");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_an_owner_has_otherwise_than_its_record_says_stays(bool isCertain)
    {
        Publish("8000-8004:8000-8004", "one");
        string before = _host.Listing();

        PublishedPorts.Change(Netfilter, WithPorts("one", "8000-8010:8000-8010"), [], [], isCertain);

        _host.Listing().Should().Be(before);
    }

    [Theory]
    [InlineData("8080:80", "publish_any4")]
    [InlineData("8000-8010:8000-8010", "publish_ranges4")]
    [InlineData("127.0.0.1:8000-8010:8000-8010", "publish4")]
    [InlineData("8000-8010:80-90", "open_ranges4")]
    public void What_was_published_ends_also_where_a_part_of_it_is_gone(string spec, string map)
    {
        string empty = _host.Listing();
        Publish(spec, "one");
        _host.Place.RunOk($"nft flush map inet bridgenet {map}");

        PublishedPorts.Change(Netfilter, WithPorts("one", spec), [], [], isCertain: true);

        _host.Listing().Should().Be(empty);
    }

    [Fact]
    public void Of_a_range_at_one_address_the_one_that_has_that_address_is_found()
    {
        Publish("192.0.2.1:8000:80", "one");
        Publish("127.0.0.1:8005:80", "two");

        PublishedPorts.HolderOf(Netfilter, Port("127.0.0.1:8000-8010:8000-8010"), out PublishedPort taken).Should().Be("two");

        taken.HostPort.Should().Be(8005);
        PublishedPorts.HolderOf(Netfilter, Port("192.0.2.2:8000-8010:8000-8010")).Should().BeNull();
    }

    [Fact]
    public void A_range_with_the_same_numbers_on_both_sides_is_five_elements_however_long()
    {
        ElementsOf("1-60000:1-60000", "one").Should().HaveCount(5);
        ElementsOf("8080:80", "one").Should().HaveCount(5);
    }

    [Fact]
    public void One_port_that_is_taken_leaves_all_of_them_unpublished()
    {
        Publish("8081:81", "one");
        string before = _host.Listing();

        Action publish = () => FirewallTable.TryAdd(
            Netfilter, ElementsOf("8080:80", "two").Concat(ElementsOf("8081:81", "two")));

        publish.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EEXIST);
        _host.Listing().Should().Be(before);
        PublishedPorts.HolderOf(Netfilter, Port("8080:80")).Should().BeNull();
    }

    [Fact]
    public void In_doubt_only_the_owners_ports_are_taken_back()
    {
        Publish("8080:80", "one");
        Publish("8081:80", "two");
        Publish("127.0.0.1:8082:80", "one");
        Publish("127.0.0.1:8084:80", "two");
        EndpointState believed = WithPorts("one", "8080:80", "8081:80", "127.0.0.1:8082:80", "8083:80", "127.0.0.1:8084:80");

        PublishedPorts.Change(Netfilter, believed, [], [], isCertain: false);

        PublishedPorts.HolderOf(Netfilter, Port("8080:80")).Should().BeNull();
        PublishedPorts.HolderOf(Netfilter, Port("127.0.0.1:8082:80")).Should().BeNull();
        PublishedPorts.HolderOf(Netfilter, Port("8081:80")).Should().Be("two");
        PublishedPorts.HolderOf(Netfilter, Port("127.0.0.1:8084:80")).Should().Be("two");
        Action wildcard = () => Publish("8084:80", "one");
        wildcard.Should().Throw<NetlinkException>("the claim of the other is still there").Which.Errno.Should().Be(Errno.EEXIST);
    }

    [Fact]
    public void Ports_of_which_some_are_gone_already_are_taken_back_all_the_same()
    {
        string empty = _host.Listing();
        Publish("8080:80", "one");

        PublishedPorts.Change(Netfilter, WithPorts("one", "8080:80", "8083:80"), [], [], isCertain: true);

        _host.Listing().Should().Be(empty);
    }

    [Fact]
    public void A_port_for_some_clients_says_who_they_are_by_the_widest_ranges()
    {
        PublishedPort limited = For(Port("8080:80"), "10.1.0.0/16", "10.0.0.0/8", "192.0.2.0/24", "fd00::/8");

        FirewallTable.TryAdd(Netfilter, PortElements.Of(Endpoint("one"), limited)).Should().BeTrue();

        _host.Place.RunOk("nft -s list set inet bridgenet admitted4").Should()
            .Contain("10.0.0.0/8 . 172.17.0.2 . tcp . 80").And.Contain("192.0.2.0/24 . 172.17.0.2 . tcp . 80").And.NotContain("10.1.");
        _host.Place.RunOk("nft -s list set inet bridgenet admitted6").Should().NotContain("elements");
        _host.Place.RunOk("nft -s list map inet bridgenet open4").Should().Contain("172.17.0.2 . tcp . 80 : goto limits");
    }

    private void Publish(string spec, string owner) =>
        FirewallTable.TryAdd(Netfilter, ElementsOf(spec, owner)).Should().BeTrue();

    private void Remove(string spec, string owner) =>
        PublishedPorts.Change(Netfilter, WithPorts(owner, spec), [], [], isCertain: true);
}
