using System.Text;
using System.Text.Json;

using BridgeNet.Runtimes.Docker.Plugin;

using CsCheck;

namespace BridgeNet.Runtimes.Tests.Docker;

/// <summary>Published ports as Docker tells a plugin of them.</summary>
public sealed class DockerPortMapTests
{
    [Theory]
    [InlineData("""{"Proto":6,"IP":"","Port":80,"HostIP":"","HostPort":8080,"HostPortEnd":8080}""", "8080:80/tcp")]
    [InlineData("""{"Proto":17,"Port":53,"HostIP":"127.0.0.1","HostPort":53,"HostPortEnd":53}""", "127.0.0.1:53:53/udp")]
    [InlineData("""{"Proto":6,"Port":82,"HostIP":"::","HostPort":82,"HostPortEnd":82}""", "[::]:82:82/tcp")]
    [InlineData("""{"Proto":6,"Port":83,"HostIP":"127.0.0.1","HostPort":0,"HostPortEnd":0}""", "127.0.0.1::83/tcp")]
    [InlineData("""{"Proto":6,"Port":80,"HostIP":"","HostPort":8000,"HostPortEnd":8002}""", "8000-8002:80/tcp")]
    [InlineData("""{"Proto":132,"Port":9,"HostPort":9}""", "9:9/sctp")]
    [InlineData("""{"Proto":6,"Port":80}""", "80/tcp")]
    public void An_entry_is_what_its_user_wrote(string entry, string spec) => Read($"[{entry}]").Should().Equal(spec);

    [Fact]
    public void A_range_is_one_specification_in_whatever_order_its_ports_come() =>
        Gen.Select(Gen.Int[1, 60_000], Gen.Int[1, 60_000], Gen.Int[1, 40]).SelectMany(
            (host, container, count) => Gen.Shuffle(Enumerable.Range(0, count).ToArray()).Select(order => (host, container, count, order)))
        .Sample((host, container, count, order) =>
        {
            string entries = string.Join(
                ',', order.Select(i => $$"""{"Proto":6,"Port":{{container + i}},"HostIP":"","HostPort":{{host + i}},"HostPortEnd":{{host + i}}}"""));
            string[] expected = count == 1 ? [$"{host}:{container}/tcp"] : [$"{host}-{host + count - 1}:{container}-{container + count - 1}/tcp"];
            Read($"[{entries}]").Should().Equal(expected);
        });

    [Fact]
    public void What_differs_in_protocol_address_or_shift_stays_apart() => Read(
        """
        [{"Proto":6,"Port":80,"HostPort":8080,"HostPortEnd":8080}, {"Proto":6,"Port":81,"HostPort":8082,"HostPortEnd":8082},
         {"Proto":17,"Port":81,"HostPort":8081,"HostPortEnd":8081}, {"Proto":6,"Port":81,"HostIP":"127.0.0.1","HostPort":8081,"HostPortEnd":8081},
         {"Proto":6,"Port":80,"HostPort":8080,"HostPortEnd":8080}]
        """).Should().BeEquivalentTo("8080:80/tcp", "8082:81/tcp", "8081:81/udp", "127.0.0.1:8081:81/tcp");

    [Theory]
    [InlineData("""[{"Proto":1,"Port":80}]""", "protocol 1")]
    [InlineData("""[{"Proto":6,"Port":0}]""", "port")]
    [InlineData("""[{"Proto":6,"Port":70000}]""", "port")]
    [InlineData("""[{"Proto":6,"Port":80,"HostPort":-1,"HostPortEnd":-1}]""", "port")]
    [InlineData("""[{"Proto":6,"Port":80,"HostPort":9,"HostPortEnd":8}]""", "reversed")]
    [InlineData("""[{"Proto":6,"Port":"80"}]""", "Port is no whole number")]
    [InlineData("""[{"Proto":6,"Port":80,"HostIP":"010.0.0.1"}]""", "is not an address")]
    [InlineData("""{"Proto":6}""", "is no list")]
    [InlineData("""["80"]""", "no object")]
    public void What_cannot_be_is_refused(string map, string reason)
    {
        Action read = () => Read(map);

        read.Should().Throw<FormatException>().WithMessage($"*{reason}*");
    }

    private static string[] Read(string map)
    {
        using JsonDocument options = JsonDocument.Parse(Encoding.UTF8.GetBytes($$"""{"com.docker.network.portmap":{{map}}}"""));
        return [.. DockerPortMap.Read(options.RootElement).Select(spec => spec.ToString())];
    }
}
