using System.Net;

using CsCheck;

namespace BridgeNet.Tests.Ports;

public sealed class PortSpecTests
{
    private static readonly Gen<PortRange> s_ranges =
        Gen.Int[1, 65535].Select(Gen.Int[0, 20], (first, more) => PortRange.From(first, Math.Min(65535, first + more)));

    private static readonly Gen<PortSpec> s_specs =
        from container in s_ranges
        from hostFirst in Gen.Int[1, 65535 - 20]
        from hasHost in Gen.Bool
        from address in Gen.OneOf(Array.ConvertAll<string?, Gen<string?>>([null, "127.0.0.1", "192.0.2.7", "::1", "2001:db8::5"], Gen.Const))
        from protocol in Gen.Enum<TransportProtocol>()
        select new PortSpec
        {
            HostAddress = address is null ? null : IPAddress.Parse(address),
            HostPorts = hasHost ? PortRange.From(hostFirst, hostFirst + container.Count - 1) : null,
            ContainerPorts = container,
            Protocol = protocol,
        };

    [Fact]
    public void A_specification_reads_back_as_it_was_written() =>
        s_specs.Sample(spec => PortSpec.Parse(spec.ToString()).Should().Be(spec));

    [Theory]
    [InlineData("80", "80/tcp")]
    [InlineData("8080:80", "8080:80/tcp")]
    [InlineData("8080:80/udp", "8080:80/udp")]
    [InlineData("127.0.0.1:53:53/udp", "127.0.0.1:53:53/udp")]
    [InlineData("127.0.0.1::80", "127.0.0.1::80/tcp")]
    [InlineData("[::1]:8080:80", "[::1]:8080:80/tcp")]
    [InlineData("8000-8010:8000-8010", "8000-8010:8000-8010/tcp")]
    [InlineData("8000-8010:80/sctp", "8000-8010:80/sctp")]
    [InlineData("0:80", "80/tcp")]
    [InlineData("0.0.0.0:8080:80", "8080:80/tcp")]
    [InlineData("::ffff:1.2.3.4", null)]
    [InlineData("[::ffff:192.0.2.1]:1:2", "192.0.2.1:1:2/tcp")]
    public void Dockers_grammar_is_understood(string text, string? canonical) =>
        (PortSpec.TryParse(text, provider: null, out PortSpec? spec) ? spec.ToString() : null).Should().Be(canonical);

    [Theory]
    [InlineData("", "is not a port")]
    [InlineData("0", "port 0 is not in 1 to 65535")]
    [InlineData("8080:0", "port 0 is not in 1 to 65535")]
    [InlineData("65536:80", "port 65536 is not in 1 to 65535")]
    [InlineData("90-80:90-80", "port range 90-80 is reversed")]
    [InlineData("80-90:80-91", "11 host ports for 12 container ports")]
    [InlineData("8080:80/icmp", "'icmp' is not a protocol with ports")]
    [InlineData("127.1:8080:80", "'127.1' is not a host address")]
    [InlineData("::1:8080:80", "'::1' is not a host address")]
    [InlineData("host:8080:80", "'host' is not a host address")]
    [InlineData(":80", "a host port is missing")]
    [InlineData("-1:80", "'-1' is not a port or a range of ports")]
    [InlineData("+80:80", "'+80' is not a port or a range of ports")]
    [InlineData("80 :80", "'80 ' is not a port or a range of ports")]
    [InlineData("99999999999:80", "'99999999999' is not a port or a range of ports")]
    public void What_is_wrong_is_refused_with_the_reason_and_the_grammar(string text, string reason)
    {
        Action parse = () => PortSpec.Parse(text);

        parse.Should().Throw<FormatException>().WithMessage($"port '{text}': *{reason}*: write *PORT*");
    }

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Gen.String[Gen.Char["0123456789:-/[].tcpud "], 0, 24].Sample(text =>
        {
            bool read = PortSpec.TryParse(text, provider: null, out PortSpec? spec);
            return !read || PortSpec.Parse(spec!.ToString()) == spec;
        });
}
