using System.Net;

using BridgeNet.Publishing;

using CsCheck;

namespace BridgeNet.Tests.Ports;

/// <summary>Ranges of published ports are what their ports are.</summary>
public sealed class PublishedPortTests
{
    private static readonly string[] s_addresses = ["0.0.0.0", "127.0.0.1", "::", "::1"];

    private static readonly Gen<PublishedPort> s_ports =
        from address in Gen.OneOf(Array.ConvertAll<string, Gen<string>>(s_addresses, Gen.Const))
        from port in Gen.Int[8000, 8012]
        from shift in Gen.Int[0, 1]
        from protocol in Gen.Enum<TransportProtocol>()
        from count in Gen.Int[1, 8]
        select new PublishedPort(IPAddress.Parse(address), port, port + shift, protocol) { Count = count };

    private static readonly Gen<IPAddress?> s_binding = Gen.Bool.Select(isGiven => isGiven ? IPAddress.Any : null);

    [Fact]
    public void A_range_joined_from_its_ports_is_the_range() => s_ports.Sample(port =>
    {
        port.Each().Should().HaveCount(port.Count).And.OnlyContain(
            one => one.Count == 1 && one.ContainerPort - one.HostPort == port.ContainerPort - port.HostPort);
        PublishedPort.Join(port.Each()).Should().Equal(port);
    });

    [Fact]
    public void Ports_that_are_joined_are_the_same_ports() => s_ports.Array[0, 6].Sample(ports =>
        PublishedPort.Join(ports).SelectMany(port => port.Each()).Should().Equal(ports.SelectMany(port => port.Each())));

    [Fact]
    public void Ranges_exclude_each_other_if_two_of_their_ports_do() => Gen.Select(s_ports, s_ports).Sample((one, other) =>
        one.Excludes(other).Should().Be(one.Each().Any(port => other.Each().Any(port.Excludes))));

    [Theory]
    [InlineData("0.0.0.0", 8000, 8000, 11, "0.0.0.0:8000-8010->8000-8010/tcp")]
    [InlineData("::", 8000, 80, 2, "[::]:8000-8001->80-81/tcp")]
    [InlineData("0.0.0.0", 0, 80, 2, "0.0.0.0:0->80-81/tcp")]
    public void A_range_is_written_as_Docker_does(string address, int host, int container, int count, string text) =>
        new PublishedPort(IPAddress.Parse(address), host, container, TransportProtocol.Tcp) { Count = count }.ToString().Should().Be(text);

    [Fact]
    public void What_a_specification_names_and_the_rest_are_all_of_it() =>
        Gen.Select(s_ports, Gen.Int[8000, 8015], Gen.Int[1, 6], Gen.Bool, s_binding).Sample((port, first, count, hostToo, at) =>
        {
            PortRange range = PortRange.From(first, first + count - 1);
            PortSpec spec = new() { ContainerPorts = range, HostPorts = hostToo ? range : null, HostAddress = at, Protocol = TransportProtocol.Tcp };
            PortSelection selection = new(spec);

            PublishedPort[] named = [.. selection.Of(port) is { } some ? some.Each() : []];

            named.Should().Equal(port.Each().Where(one => one.Protocol is TransportProtocol.Tcp && (at is null || one.HostAddress.Equals(at))
                && one.ContainerPort >= range.First && one.ContainerPort <= range.Last
                && (!hostToo || (one.HostPort >= range.First && one.HostPort <= range.Last))));
            named.Concat(selection.RestOf(port).SelectMany(part => part.Each())).Should().BeEquivalentTo(port.Each());
        });

    [Fact]
    public void Ranges_that_overlap_are_the_same_or_are_broken_up() => Gen.Select(s_ports.Array[1, 4], s_ports.Array[0, 3]).Sample((coming, beside) =>
    {
        PublishedPort[] settled = [.. PortRuns.Split(coming, beside)];

        settled.SelectMany(port => port.Each()).Should().Equal(coming.SelectMany(port => port.Each()));
        PublishedPort[] ranges = [.. settled.Where(port => port.Count > 1)];
        foreach (PublishedPort range in ranges)
        {
            ranges.Concat(beside.Where(port => port.Count > 1)).Should().OnlyContain(other =>
                other.Protocol != range.Protocol || other.Family != range.Family
                || (other.ContainerPort == range.ContainerPort && other.Count == range.Count)
                || other.ContainerPort + other.Count <= range.ContainerPort || range.ContainerPort + range.Count <= other.ContainerPort);
        }
    });
}
