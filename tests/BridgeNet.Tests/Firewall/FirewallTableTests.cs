using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.State;

using static BridgeNet.Tests.Firewall.FirewallSamples;

namespace BridgeNet.Tests.Firewall;

public sealed class FirewallTableTests : IDisposable
{
    private readonly FirewallHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Tables_made_at_once_equal_tables_made_step_by_step()
    {
        FirewallState wanted = With(Docker0);
        FirewallTable.Create(_host.Netfilter, wanted);
        string atOnce = _host.Listing();
        FirewallTable.RemoveNetwork(_host.Netfilter, Docker0);

        FirewallTable.Create(_host.Netfilter, FirewallState.Empty);
        FirewallTable.TryAddNetwork(_host.Netfilter, Docker0).Should().BeTrue();
        foreach (EndpointState endpoint in wanted.Endpoints)
        {
            FirewallTable.TryAdd(_host.Netfilter, EndpointElements.Of(endpoint)).Should().BeTrue();
        }
        foreach ((EndpointState endpoint, PublishedPort port) in wanted.Endpoints.SelectMany(one => one.Ports.Select(port => (one, port))))
        {
            FirewallTable.TryAdd(_host.Netfilter, PortElements.Of(endpoint, port)).Should().BeTrue();
        }

        _host.Listing().Should().Be(atOnce);
    }

    [Fact]
    public void Taking_everything_back_leaves_the_sets_as_empty_as_they_were()
    {
        FirewallTable.Create(_host.Netfilter, FirewallState.Empty);
        FirewallTable.TryAddNetwork(_host.Netfilter, Neighbour).Should().BeTrue();
        string empty = _host.Listing();
        FirewallState wanted = With(Docker0 with
        {
            TrustedInterfaces = [InterfaceName.Parse("wg0")],
            IPv4Source = IPAddress.Parse("192.0.2.7"),
            InterContainer = false,
        });
        FirewallTable.TryAdd(_host.Netfilter, wanted.Elements()).Should().BeTrue();
        _host.Listing().Should().NotBe(empty);

        foreach (EndpointState endpoint in wanted.Endpoints)
        {
            PublishedPorts.Change(_host.Netfilter, endpoint, [], EndpointElements.Of(endpoint), isCertain: true);
        }
        FirewallTable.RemoveNetwork(_host.Netfilter, wanted.Networks.Single());

        _host.Listing().Should().Be(empty);
    }

    [Fact]
    public void The_last_network_takes_both_tables_with_it()
    {
        FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0, Neighbour], []));

        FirewallTable.RemoveNetwork(_host.Netfilter, Neighbour);
        FirewallTable.IsThere(_host.Netfilter).Should().BeTrue();
        FirewallTable.RemoveNetwork(_host.Netfilter, Docker0);

        _host.Ruleset().Should().BeEmpty();
    }

    [Fact]
    public void The_tables_stay_for_a_network_whose_bridge_somebody_took_out_of_them()
    {
        FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0, Neighbour], []));
        _host.Place.RunOk("nft delete element inet bridgenet bridges '{ docker0 }'");

        FirewallTable.RemoveNetwork(_host.Netfilter, Neighbour, isAlone: false);

        FirewallTable.IsThere(_host.Netfilter).Should().BeTrue();
        _host.Listing().Should().Contain("172.17.0.0/16").And.NotContain("172.18.");
    }

    [Fact]
    public void Without_a_table_nothing_is_done_and_the_caller_is_told()
    {
        FirewallTable.IsThere(_host.Netfilter).Should().BeFalse();
        FirewallTable.TryAddNetwork(_host.Netfilter, Docker0).Should().BeFalse();
        FirewallTable.TryAdd(_host.Netfilter, ElementsOf("8080:80", "one")).Should().BeFalse();
        PublishedPorts.Change(_host.Netfilter, WithPorts("one", "8080:80", "127.0.0.1:8081:80"), [], [], isCertain: true);
        PublishedPorts.HolderOf(_host.Netfilter, Port("8080:80")).Should().BeNull();
        FirewallTable.RemoveNetwork(_host.Netfilter, Docker0);

        _host.Ruleset().Should().BeEmpty();
    }

    [Fact]
    public void Adding_a_network_twice_changes_nothing()
    {
        FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0, Neighbour], []));
        string once = _host.Listing();

        FirewallTable.TryAddNetwork(_host.Netfilter, Docker0).Should().BeTrue();
        FirewallTable.TryAddNetwork(_host.Netfilter, Neighbour).Should().BeTrue();

        _host.Listing().Should().Be(once);
    }

    [Fact]
    public void Neighbouring_subnets_go_one_by_one()
    {
        FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0, Neighbour], []));

        FirewallTable.RemoveNetwork(_host.Netfilter, Docker0);

        _host.Listing().Should().NotContain("172.17.").And.NotContain("fd00:17::/64").And.NotContain("docker0")
            .And.Contain("172.18.0.0/16").And.Contain("fd00:17:0:1::/64");
    }

    [Theory]
    [InlineData("inet")]
    [InlineData("bridge")]
    public void When_somebody_deleted_one_of_the_tables_both_are_made_anew(string family)
    {
        FirewallTable.Create(_host.Netfilter, With(Docker0));
        string before = _host.Listing();
        _host.Place.RunOk($"nft delete table {family} bridgenet");
        FirewallTable.IsThere(_host.Netfilter).Should().BeFalse();

        FirewallTable.Create(_host.Netfilter, With(Docker0));

        _host.Listing().Should().Be(before);
    }

    [Fact]
    public void A_table_of_our_name_that_we_did_not_make_is_left_alone()
    {
        _host.Place.RunOk("nft add table inet bridgenet '{ comment \"mine\"; }'");
        string before = _host.Ruleset();

        Action create = () => FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0], []));

        create
            .Should().Throw<FirewallUnavailableException>().WithMessage("packet rules: there is a table inet bridgenet that BridgeNet did not make*");
        _host.Ruleset().Should().Be(before);
    }

    [Fact]
    public void A_clash_of_elements_is_not_told_as_somebody_elses_table()
    {
        FirewallState clash = new(
            [Docker0],
            [
                .. FirewallSamples.Endpoints.Zip(
                    ["8080:80", "8000-8100:8000-8100"],
                    (endpoint, port) => endpoint with { Ports = [FirewallSamples.Port(port)] }),
            ]);

        Action create = () => FirewallTable.Create(_host.Netfilter, clash);

        create.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EEXIST);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_to_go_twice_goes(bool isCertain)
    {
        FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0], []));
        string before = _host.Listing();
        EndpointState endpoint = FirewallSamples.Endpoints[0];
        TableElement[] elements = [.. EndpointElements.Of(endpoint)];
        FirewallTable.TryAdd(_host.Netfilter, elements).Should().BeTrue();

        FirewallTable.Exchange(_host.Netfilter, [.. elements, .. elements], [], endpoint.Id, isCertain);

        _host.Listing().Should().Be(before);
    }

    [Fact]
    public void What_cannot_come_because_its_set_is_gone_is_told()
    {
        FirewallTable.Create(_host.Netfilter, new FirewallState([Docker0], []));
        _host.Place.RunOk("nft delete map inet bridgenet claims_tcp4");

        Action exchange = () =>
            FirewallTable.Exchange(_host.Netfilter, [], [.. ElementsOf("8080:80", "one")], "one", isCertain: false);

        exchange.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void What_would_come_into_tables_that_are_gone_is_left_to_a_repair()
    {

        FirewallTable.Exchange(_host.Netfilter, [], [.. ElementsOf("8080:80", "one")], "one", isCertain: false);

        _host.Ruleset().Should().BeEmpty();
    }
}
