using System.Net;

using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Tests.Names;

public sealed class ContainerFilesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void On_a_network_with_DNS_the_gateways_are_the_servers_and_names_without_a_dot_are_asked_for_as_they_are()
    {
        Write("resolv.conf", "nameserver 192.0.2.53\nsearch corp.example\noptions ndots:5 timeout:1\n");

        Resolver(WithNames).Should().Be("nameserver 172.18.0.1\nnameserver fd00::1\nsearch corp.example\noptions ndots:0 timeout:1\n");
    }

    [Fact]
    public void Without_DNS_they_are_the_hosts_without_those_that_no_container_reaches()
    {
        Write(
            "resolv.conf",
            "# a comment\nnameserver 127.0.0.53\nnameserver  192.0.2.53\nnameserver fe80::1%1\nnameserver 2001:db8::53\nnameserver ::1\n"
                + "domain a.example\nsearch b.example c.example\noptions edns0\n");

        Resolver(Plain).Should().Be("nameserver 192.0.2.53\nsearch b.example c.example\noptions edns0\n");
        Resolver(Plain with { IPv6Address = InterfaceAddress.Parse("fd00::2/64") })
            .Should().StartWith("nameserver 192.0.2.53\nnameserver 2001:db8::53\nsearch");
    }

    [Fact]
    public void Behind_a_stub_on_the_hosts_loopback_they_are_the_stubs_own()
    {
        Write("resolv.conf", "nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch lan\n");
        Write("stub", "nameserver 192.0.2.53\nnameserver 192.0.2.54\n");

        Resolver(Plain).Should().Be("nameserver 192.0.2.53\nnameserver 192.0.2.54\nsearch lan\noptions edns0 trust-ad\n");
    }

    [Fact]
    public void All_lines_of_options_count_and_the_last_of_those_that_name_domains()
    {
        Write("resolv.conf", "nameserver 192.0.2.53\noptions edns0\nsearch a.example b.example\noptions rotate\ndomain c.example\n");

        Resolver(Plain).Should().Be("nameserver 192.0.2.53\nsearch c.example\noptions edns0 rotate\n");
    }

    [Fact]
    public void Three_servers_are_the_most_and_no_file_is_none()
    {
        Resolver(Plain).Should().BeEmpty();
        Resolver(WithNames, WithNames with { NameServers = [IPAddress.Parse("172.19.0.1"), IPAddress.Parse("172.20.0.1")] })
            .Should().Be("nameserver 172.18.0.1\nnameserver fd00::1\nnameserver 172.19.0.1\noptions ndots:0\n");
    }

    [Fact]
    public void Hosts_has_localhost_and_each_address_with_the_host_name_and_the_endpoints_name()
    {
        string text = ContainerFiles.Hosts("box", Plain with { IPv6Address = InterfaceAddress.Parse("fd00::2/64") }, WithNames);

        text.Should().StartWith("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n")
            .And.EndWith("172.17.0.2\tbox plain\nfd00::2\tbox plain\n172.18.0.2\tbox web\n");
        ContainerFiles.Hosts("WEB", WithNames).Should().EndWith("172.18.0.2\tWEB\n", "names know no case");
    }

    [Fact]
    public void The_entries_alone_can_be_added_to_another_file() =>
        ContainerFiles.HostEntries(hostName: null, WithNames).Should().Be("172.18.0.2\tweb\n");

    private static Endpoint Plain { get; } = new()
    {
        Id = "0123456789ab",
        Name = "plain",
        NetworkName = "bridge",
        SandboxPath = "/run/netns/plain",
        InterfaceName = InterfaceName.Parse("eth0"),
        HostInterfaceName = InterfaceName.Parse("veth0"),
        MacAddress = MacAddress.Parse("02:42:ac:11:00:02"),
        IPv4Address = InterfaceAddress.Parse("172.17.0.2/16"),
        Ports = [],
        IsKept = true,
    };

    private static Endpoint WithNames { get; } = Plain with
    {
        Name = "web",
        NetworkName = "backend",
        IPv4Address = InterfaceAddress.Parse("172.18.0.2/24"),
        NameServers = [IPAddress.Parse("172.18.0.1"), IPAddress.Parse("fd00::1")],
    };

    private void Write(string file, string text) => File.WriteAllText(_scratch.At(file), text);

    private string Resolver(params Endpoint[] endpoints) => ContainerFiles.Resolver(endpoints, _scratch.At("resolv.conf"), _scratch.At("stub"));
}
