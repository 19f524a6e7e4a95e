using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.TestKit;

namespace BridgeNet.Tests.Firewall;

public sealed class FirewallTableTests : IDisposable
{
    private static readonly ProtectedNetwork s_docker0 = new(InterfaceName.Parse("docker0"), IPNetwork.Parse("172.17.0.0/16"));
    private static readonly ProtectedNetwork s_second = new(InterfaceName.Parse("br-0123456789ab"), IPNetwork.Parse("172.18.0.0/16"));
    private static readonly IPAddress s_container = IPAddress.Parse("172.17.0.2");

    private readonly Netns _host = Netns.Create("firewall");
    private readonly NetfilterSocket _netfilter;

    public FirewallTableTests()
    {
        using NetworkNamespace host = NetworkNamespace.Open(_host.Path);
        _netfilter = host.Run(NetfilterSocket.Open);
    }

    public void Dispose()
    {
        _netfilter.Dispose();
        _host.Dispose();
    }

    [Fact]
    public void The_whole_table_is_as_it_was_accepted()
    {
        FirewallTable.Create(_netfilter, new FirewallState
        {
            Networks = [s_docker0, s_second],
            Publications =
            [
                Publication("8080:80", "0123456789ab"),
                Publication("127.0.0.1:53:53/udp", "ba9876543210"),
            ],
        });

        Golden.Verify("two-networks.nft", Listing());
    }

    [Fact]
    public void Nft_takes_the_accepted_table() =>
        _host.RunOk($"nft -c -f {Golden.PathOf("two-networks.nft")}").Should().BeEmpty();

    [Fact]
    public void A_table_made_at_once_equals_one_made_step_by_step()
    {
        FirewallTable.Create(_netfilter, new FirewallState { Networks = [s_docker0], Publications = [Publication("8080:80", "one")] });
        string atOnce = Listing();
        FirewallTable.RemoveNetwork(_netfilter, s_docker0);

        FirewallTable.Create(_netfilter, new FirewallState { Networks = [], Publications = [] });
        FirewallTable.TryAddNetwork(_netfilter, s_docker0).Should().BeTrue();
        FirewallTable.TryPublish(_netfilter, [Publication("8080:80", "one")]).Should().BeTrue();

        Listing().Should().Be(atOnce);
    }

    [Fact]
    public void Without_a_table_nothing_is_done_and_the_caller_is_told()
    {
        FirewallTable.TryAddNetwork(_netfilter, s_docker0).Should().BeFalse();
        FirewallTable.TryPublish(_netfilter, [Publication("8080:80", "one")]).Should().BeFalse();
        FirewallTable.Unpublish(_netfilter, [Port("8080:80")], "one", isCertain: true);
        FirewallTable.RemoveNetwork(_netfilter, s_docker0);

        _host.RunOk("nft list ruleset").Should().BeEmpty();
    }

    [Fact]
    public void Adding_a_network_twice_changes_nothing()
    {
        FirewallTable.Create(_netfilter, new FirewallState { Networks = [s_docker0, s_second], Publications = [] });
        string once = Listing();

        FirewallTable.TryAddNetwork(_netfilter, s_docker0).Should().BeTrue();
        FirewallTable.TryAddNetwork(_netfilter, s_second).Should().BeTrue();

        Listing().Should().Be(once);
    }

    [Fact]
    public void Neighbouring_subnets_go_one_by_one()
    {
        FirewallTable.Create(_netfilter, new FirewallState { Networks = [s_docker0, s_second], Publications = [] });

        FirewallTable.RemoveNetwork(_netfilter, s_docker0);

        Listing().Should().NotContain("172.17.").And.NotContain("docker0").And.Contain("172.18.0.0/16");
    }

    [Fact]
    public void One_port_that_is_taken_leaves_all_of_them_unpublished()
    {
        FirewallTable.Create(_netfilter, new FirewallState { Networks = [s_docker0], Publications = [Publication("8081:81", "one")] });
        string before = Listing();

        Action publish = () => FirewallTable.TryPublish(_netfilter, [Publication("8080:80", "two"), Publication("8081:81", "two")]);

        publish.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EEXIST);
        Listing().Should().Be(before);
        FirewallTable.OwnerOf(_netfilter, Port("8081:81")).Should().Be("one");
        FirewallTable.OwnerOf(_netfilter, Port("8080:80")).Should().BeNull();
    }

    [Fact]
    public void In_doubt_only_the_owners_ports_are_taken_back()
    {
        FirewallTable.Create(_netfilter, new FirewallState
        {
            Networks = [s_docker0],
            Publications = [Publication("8080:80", "one"), Publication("8081:80", "two"), Publication("127.0.0.1:8082:80", "one")],
        });

        FirewallTable.Unpublish(_netfilter, [Port("8080:80"), Port("8081:80"), Port("127.0.0.1:8082:80"), Port("8083:80")], "one", isCertain: false);

        FirewallTable.OwnerOf(_netfilter, Port("8080:80")).Should().BeNull();
        FirewallTable.OwnerOf(_netfilter, Port("127.0.0.1:8082:80")).Should().BeNull();
        FirewallTable.OwnerOf(_netfilter, Port("8081:80")).Should().Be("two");
    }

    [Fact]
    public void Ports_of_which_some_are_gone_already_are_taken_back_all_the_same()
    {
        FirewallTable.Create(_netfilter, new FirewallState { Networks = [s_docker0], Publications = [Publication("8080:80", "one")] });

        FirewallTable.Unpublish(_netfilter, [Port("8080:80"), Port("8083:80")], "one", isCertain: true);

        FirewallTable.OwnerOf(_netfilter, Port("8080:80")).Should().BeNull();
    }

    [Fact]
    public void A_table_of_our_name_that_we_did_not_make_is_left_alone()
    {
        _host.RunOk("nft add table inet bridgenet '{ comment \"mine\"; }'");
        string before = Listing();

        Action create = () => FirewallTable.Create(_netfilter, new FirewallState { Networks = [s_docker0], Publications = [] });

        create.Should().Throw<FirewallUnavailableException>().WithMessage("packet rules: there is a table inet bridgenet that BridgeNet did not make*");
        Listing().Should().Be(before);
    }

    private static PublishedPort Port(string spec)
    {
        PortSpec parsed = PortSpec.Parse(spec);
        return new PublishedPort(parsed.HostAddress, parsed.HostPorts!.Value.First, parsed.ContainerPorts.First, parsed.Protocol);
    }

    private static Publication Publication(string spec, string owner) => new(s_container, Port(spec), owner);

    private string Listing() => _host.RunOk("nft list table inet bridgenet");
}
