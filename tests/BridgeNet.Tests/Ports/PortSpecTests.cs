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
        from hostCount in Gen.Int[0, 20]
        from address in Gen.OneOf(Array.ConvertAll<string?, Gen<string?>>(
            [null, "0.0.0.0", "127.0.0.1", "192.0.2.7", "::", "::1", "2001:db8::5"], Gen.Const))
        from protocol in Gen.Enum<TransportProtocol>()
        let count = hostCount > 0 && container.Count > 1 ? container.Count : hostCount
        select new PortSpec
        {
            HostAddress = address is null ? null : IPAddress.Parse(address),
            HostPorts = count > 0 ? PortRange.From(hostFirst, hostFirst + count - 1) : null,
            ContainerPorts = container,
            Protocol = protocol,
        };

    [Fact]
    public void A_specification_reads_back_as_it_was_written() =>
        s_specs.Sample(spec => PortSpec.Parse(spec.ToString()).Should().Be(spec));

    [Fact]
    public void What_people_write_means_what_its_parts_say() =>
        Gen.Select(s_specs, Gen.Bool, Gen.Bool).Sample((spec, isWordy, isLoud) =>
        {
            string address = spec.HostAddress is { } said ? said.ToString().Contains(':') ? $"[{said}]:" : $"{said}:" : "";
            string host = spec.HostPorts is { } ports ? Text(ports) + ":" : isWordy ? "0:" : address.Length > 0 ? ":" : "";
            string protocol = spec.Protocol is TransportProtocol.Tcp && !isWordy ? "" : $"/{spec.Protocol}";
            string text = $"{address}{host}{Text(spec.ContainerPorts)}{(isLoud ? protocol.ToUpperInvariant() : protocol.ToLowerInvariant())}";

            PortSpec.Parse(text).Should().Be(spec, text);

            string Text(PortRange range) => range.Count == 1 && !isWordy ? $"{range.First}" : $"{range.First}-{range.Last}";
        });

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
    [InlineData("0:80-82", "80-82/tcp")]
    [InlineData("127.0.0.1:0:80", "127.0.0.1::80/tcp")]
    [InlineData("127.0.0.1:8000-8001:80-81", "127.0.0.1:8000-8001:80-81/tcp")]
    [InlineData("[::1]::80", "[::1]::80/tcp")]
    [InlineData("80/SCTP", "80/sctp")]
    [InlineData("0.0.0.0:8080:80", "0.0.0.0:8080:80/tcp")]
    [InlineData("[::]:8080:80", "[::]:8080:80/tcp")]
    [InlineData("[::ffff:0.0.0.0]:8080:80", "0.0.0.0:8080:80/tcp")]
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
    [InlineData("80:80-81", "1 host port for 2 container ports (give as many, or one container port)")]
    [InlineData("127.0.0.1:80", "'127.0.0.1' is not a port of the host (for any free port at that address: 127.0.0.1::PORT)")]
    [InlineData("[::1]:80", "for any free port at that address: [::1]::PORT")]
    [InlineData("[::1", "what follows '[HOSTIP]' is not :HOSTPORT:PORT")]
    [InlineData("[::1]", "what follows '[::1]' is not :HOSTPORT:PORT")]
    [InlineData("[::1]x:1:80", "what follows '[::1]' is not :HOSTPORT:PORT")]
    [InlineData("[127.0.0.1]:1:80", "'[127.0.0.1]' is not a host address")]
    [InlineData("[fe80::1%1]:1:80", "'[fe80::1%1]' is not a host address")]
    [InlineData("[]:1:80", "'[]' is not a host address")]
    [InlineData("010.0.0.1:1:80", "'010.0.0.1' is not a host address")]
    [InlineData("::80", "'' is not a host address")]
    [InlineData("80/", "'' is not a protocol with ports")]
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
