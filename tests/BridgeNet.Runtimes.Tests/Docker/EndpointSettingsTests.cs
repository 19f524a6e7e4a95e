using System.Net;
using System.Text;

using BridgeNet.Runtimes.Docker.Plugin;

namespace BridgeNet.Runtimes.Tests.Docker;

/// <summary>The options bridgenet.NAME of Docker's networks and endpoints.</summary>
public sealed class EndpointSettingsTests
{
    [Fact]
    public void Options_of_others_say_nothing() =>
        Read("""{"com.docker.network.portmap":[],"somebody":"else"}""").Should().Be(new EndpointSettings());

    [Fact]
    public void Each_option_has_its_place()
    {
        EndpointSettings settings = Read(
            """
            {"bridgenet.publish-from":"10.0.0.0/8 192.0.2.7,fd00::/8","bridgenet.route":"10.9.0.0/16 via 172.18.0.5 10.8.0.0/16",
             "bridgenet.no-anti-spoofing":"true","bridgenet.ingress-rate":"10m","bridgenet.ingress-burst":"64000","bridgenet.egress-rate":"1g"}
            """);

        settings.Sources.Should().Equal(IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("192.0.2.7/32"), IPNetwork.Parse("fd00::/8"));
        settings.Routes.Should().Equal(
            new StaticRoute(IPNetwork.Parse("10.9.0.0/16"), IPAddress.Parse("172.18.0.5")), new StaticRoute(IPNetwork.Parse("10.8.0.0/16"), null));
        settings.AntiSpoofing.Should().BeFalse();
        settings.Bandwidth.Should().Be(new Bandwidth { IngressRate = 10_000_000, IngressBurst = 64_000, EgressRate = 1_000_000_000 });
    }

    [Fact]
    public void An_endpoint_s_own_option_wins_over_its_network_s()
    {
        NetworkDefinition network = new()
        {
            Name = "docker-0123456789ab",
            Labels =
            [
                KeyValuePair.Create("somebody", "else"),
                KeyValuePair.Create("bridgenet.publish-from", "10.0.0.0/8"),
                KeyValuePair.Create("bridgenet.egress-rate", "1m"),
            ],
        };

        EndpointSettings settings = Read("""{"bridgenet.publish-from":"192.0.2.0/24"}""", network);

        settings.Sources.Should().Equal(IPNetwork.Parse("192.0.2.0/24"));
        settings.Bandwidth.Should().Be(new Bandwidth { EgressRate = 1_000_000 });
    }

    [Theory]
    [InlineData("bridgenet.colour", "red", "there is no such option: known are bridgenet.publish-from")]
    [InlineData("bridgenet.publish-from", "10.0.0.1/8", "the value can be networks")]
    [InlineData("bridgenet.route", "0.0.0.0/0 via 172.18.0.5", "the value can be DEST")]
    [InlineData("bridgenet.route", "10.9.0.0/16 via", "the value can be DEST")]
    [InlineData("bridgenet.no-anti-spoofing", "perhaps", "true or false")]
    [InlineData("bridgenet.ingress-rate", "fast", "bits per second")]
    public void What_cannot_be_is_refused_in_words(string key, string value, string reason)
    {
        Action read = () => Read($$"""{"{{key}}":"{{value}}"}""");

        read.Should().Throw<FormatException>().WithMessage($"{key}={value}: *{reason}*");
    }

    private static EndpointSettings Read(string options, NetworkDefinition? network = null)
    {
        using PluginRequest request = new(Encoding.UTF8.GetBytes($$"""{"Options":{{options}} }"""));
        return EndpointSettings.Read(network ?? new NetworkDefinition { Name = "n" }, request.Options);
    }
}
