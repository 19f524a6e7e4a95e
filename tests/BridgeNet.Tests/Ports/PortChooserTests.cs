using System.Net;

using BridgeNet.Ports;
using BridgeNet.TestKit;

using CsCheck;

namespace BridgeNet.Tests.Ports;

public sealed class PortChooserTests
{
    private static readonly string[] s_addresses = ["0.0.0.0", "127.0.1.2", "127.0.1.3", "::", "::1", "2001:db8::1"];

    private static readonly Gen<PublishedPort> s_ports =
        from address in Gen.OneOf(Array.ConvertAll<string, Gen<string>>(s_addresses, Gen.Const))
        from port in Gen.Int[8000, 8002]
        from container in Gen.Int[80, 82]
        from protocol in Gen.Enum<TransportProtocol>()
        from count in Gen.Int[1, 3]
        select new PublishedPort(IPAddress.Parse(address), port, container, protocol) { Count = count };

    [Fact]
    public void Ports_that_overlap_are_refused_and_no_others() =>
        s_ports.Array[1, 5].Sample(ports =>
        {
            bool overlap = ports.SelectMany((one, i) => ports.Skip(i + 1).Select(other => (one, other))).Any(Overlap);

            bool refused = false;
            try
            {
                Choose([.. ports.Select(Spec)]).Should().BeEquivalentTo(ports, "everything that was asked for is there");
            }
            catch (PortConflictException)
            {
                refused = true;
            }

            refused.Should().Be(overlap, string.Join<PublishedPort>(", ", ports));

            static bool Overlap((PublishedPort One, PublishedPort Other) pair) =>
                pair.One.Each().Select(port => port.HostPort).Intersect(pair.Other.Each().Select(port => port.HostPort)).Any()
                && pair.One.Protocol == pair.Other.Protocol
                && pair.One.HostAddress.AddressFamily == pair.Other.HostAddress.AddressFamily
                && (pair.One.HostAddress.Equals(pair.Other.HostAddress)
                    || pair.One.HostAddress.ToString() is "0.0.0.0" or "::"
                    || pair.Other.HostAddress.ToString() is "0.0.0.0" or "::");
        });

    [Fact]
    public void Without_a_host_address_a_port_is_published_at_all_addresses_of_both_families() =>
        Text(Choose("8080:80")).Should().Equal("0.0.0.0:8080->80/tcp", "[::]:8080->80/tcp");

    [Fact]
    public void Of_a_host_without_IPv6_nobody_asked_for_it() =>
        Text(Choose(new FakeHost { HasIPv6 = false }, "8080:80")).Should().Equal("0.0.0.0:8080->80/tcp");

    [Fact]
    public void Of_a_host_without_IPv6_nothing_is_left_where_that_is_all()
    {
        PortChoice choice = Choice(new FakeHost { HasIPv6 = false }) with { DefaultHostAddresses = [IPAddress.IPv6Any] };

        Action choose = () => PortChooser.Choose([PortSpec.Parse("8080:80")], choice);

        choose.Should().Throw<ConfigurationException>().WithMessage("HostAddress: *this host has no IPv6: give an IPv4 address");
    }

    [Fact]
    public void All_of_IPv6_that_was_asked_for_stays() =>
        Text(Choose(new FakeHost { HasIPv6 = false }, "[::]:8080:80")).Should().Equal("[::]:8080->80/tcp");

    [Theory]
    [InlineData("0.0.0.0:8080:80", "0.0.0.0:8080->80/tcp")]
    [InlineData("127.0.0.1:8080:80/udp", "127.0.0.1:8080->80/udp")]
    [InlineData("[::1]:8080:80/sctp", "[::1]:8080->80/sctp")]
    public void A_host_address_that_was_said_is_the_only_one(string spec, string published) =>
        Text(Choose(spec)).Should().Equal(published);

    [Fact]
    public void A_range_stays_one() =>
        Text(Choose("0.0.0.0:30100-30102:80-82/udp")).Should().Equal("0.0.0.0:30100-30102->80-82/udp");

    [Fact]
    public void Ports_without_a_wish_are_chosen_each_by_itself() =>
        Choose("0.0.0.0::80-82").Should().HaveCount(3).And.OnlyContain(port => port.Count == 1);

    [Fact]
    public void Of_a_range_the_port_is_named_that_another_program_has()
    {
        Action choose = () => Choose(new FakeHost(8005), "8000-8010:8000-8010");

        choose.Should().Throw<PortConflictException>().WithMessage("host port 0.0.0.0:8005->8005/tcp: another program has bound it*");
    }

    [Fact]
    public void A_range_for_one_port_gives_the_first_that_is_free_at_every_address() =>
        Text(Choose(new FakeHost(8000, 8001), "8000-8005:80")).Should().Equal("0.0.0.0:8002->80/tcp", "[::]:8002->80/tcp");

    [Fact]
    public void What_differs_in_its_host_addresses_only_gets_one_host_port()
    {
        IReadOnlyList<PublishedPort> chosen = Choose("192.0.2.1::80", "127.0.0.1::80", "[::1]::80");

        chosen.Select(port => port.HostAddress.ToString()).Should().Equal("127.0.0.1", "192.0.2.1", "::1");
        chosen.Select(port => port.HostPort).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void The_same_wish_twice_gets_two_host_ports()
    {
        IReadOnlyList<PublishedPort> chosen = Choose("80", "80");

        chosen.Should().HaveCount(4);
        chosen.GroupBy(port => port.HostPort).Should().HaveCount(2).And.OnlyContain(pair => pair.Count() == 2);
    }

    [Fact]
    public void Exact_ports_come_before_those_that_have_a_choice()
    {
        IReadOnlyList<PublishedPort> chosen = Choose("0.0.0.0:8000-8001:79", "0.0.0.0:8001:81/udp", "0.0.0.0:8000:81", "0.0.0.0:8002:80");

        Text(chosen).Should().Equal(
            "0.0.0.0:8002->80/tcp", "0.0.0.0:8000->81/tcp", "0.0.0.0:8001->81/udp", "0.0.0.0:8001->79/tcp");
    }

    [Theory]
    [InlineData("30200:80", "30200:81")]
    [InlineData("30200:80", "127.0.0.1:30200:81")]
    [InlineData("127.0.0.1:30200:80", "127.0.0.1:30200:80")]
    public void A_port_that_is_asked_for_twice_is_refused(string first, string second)
    {
        Action choose = () => Choose(first, second);

        choose.Should().Throw<PortConflictException>().WithMessage("host port *30200*it is asked for twice: leave one out, or choose another port");
    }

    [Fact]
    public void An_exact_port_that_another_program_has_is_refused()
    {
        Action choose = () => Choose(new FakeHost(8080), "8080:80");

        choose.Should().Throw<PortConflictException>().WithMessage("host port 0.0.0.0:8080->80/tcp: another program has bound it*");
    }

    [Fact]
    public void A_range_without_a_free_port_is_refused()
    {
        Action choose = () => Choose(new FakeHost(8000), "8000-8001:80", "8000-8001:81");

        choose.Should().Throw<PortConflictException>().WithMessage("host port *->81/tcp: no port of 8000-8001 is free: give a larger range*");
    }

    [Fact]
    public void A_free_choice_passes_over_what_is_published()
    {
        PortChoice choice = Choice(new FakeHost()) with
        {
            IsPublished = port => port.HostPort == 8000 && port.HostAddress.Equals(IPAddress.IPv6Any),
        };

        PortChooser.Choose([PortSpec.Parse("8000-8001:80")], choice).Should().OnlyContain(port => port.HostPort == 8001);
    }

    [Fact]
    public void Without_a_wish_a_port_of_the_kernels_own_range_is_taken() =>
        Choose("80").Should().OnlyContain(port => port.HostPort >= 40000 && port.HostPort <= 49999);

    [Fact]
    public void A_reserved_port_is_only_for_who_asks_for_it()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.At("range"), "40000\t40002\n");
        File.WriteAllText(scratch.At("reserved"), "40000,40002\n");
        FakeHost host = new() { Ephemeral = EphemeralPorts.Read(scratch.At("range"), scratch.At("reserved")) };

        Choose(host, "0.0.0.0::80").Should().ContainSingle().Which.HostPort.Should().Be(40001);
        Choose(host, "0.0.0.0:40000:80").Should().ContainSingle().Which.HostPort.Should().Be(40000);
        Choose(host, "0.0.0.0:40002-40003:80").Should().ContainSingle().Which.HostPort.Should().Be(40002);
        FluentActions.Invoking(() => Choose(host, "0.0.0.0::80", "0.0.0.0::81"))
            .Should()
                .Throw<PortConflictException>()
                .WithMessage("*no port of 40000-40002 is free: widen net.ipv4.ip_local_port_range, or give a port");
    }

    [Theory]
    [InlineData("10000-29999:10000-29999", 20_000)] // one to one
    [InlineData("10000-59999:1", 1)]
    public void A_port_is_probed_once_at_each_address(string spec, int ports)
    {
        FakeHost host = new();

        Choose(host, spec).Sum(port => port.Count).Should().Be(2 * ports);

        host.Probes.Should().Be(2 * ports);
    }

    [Fact]
    public void Twenty_thousand_ports_that_choose_from_one_range_look_at_each_port_of_it_once()
    {
        FakeHost host = new(Enumerable.Range(10000, 10_000));
        PortSpec[] specs = [.. Enumerable.Range(1, 20_000).Select(port => PortSpec.Parse($"10000-39999:{port}"))];

        IReadOnlyList<PublishedPort> chosen = PortChooser.Choose(specs, Choice(host));

        chosen.Select(port => port.HostPort).Distinct().Should().HaveCount(20_000);
        host.Probes.Should().Be(10_000 + (2 * 20_000), "each bound port refuses at its first address");
    }

    private static IEnumerable<string> Text(IEnumerable<PublishedPort> ports) => ports.Select(port => port.ToString());

    private static PortSpec Spec(PublishedPort port) => new()
    {
        HostAddress = port.HostAddress,
        HostPorts = PortRange.From(port.HostPort, port.HostPort + port.Count - 1),
        ContainerPorts = PortRange.From(port.ContainerPort, port.ContainerPort + port.Count - 1),
        Protocol = port.Protocol,
    };

    private static PortChoice Choice(IHostPorts host) => new()
    {
        DefaultHostAddresses = [IPAddress.Any, IPAddress.IPv6Any],
        IsPublished = _ => false,
        Host = host,
    };

    private static List<PublishedPort> Choose(params IReadOnlyList<PortSpec> specs) => PortChooser.Choose(specs, Choice(new FakeHost()));

    private static List<PublishedPort> Choose(params string[] specs) => Choose(new FakeHost(), specs);

    private static List<PublishedPort> Choose(FakeHost host, params string[] specs) =>
        PortChooser.Choose([.. specs.Select(spec => PortSpec.Parse(spec))], Choice(host));
}
