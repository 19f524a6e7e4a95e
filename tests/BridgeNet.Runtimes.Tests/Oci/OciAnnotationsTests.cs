using BridgeNet.Runtimes.Oci;

namespace BridgeNet.Runtimes.Tests.Oci;

public sealed class OciAnnotationsTests
{
    private static readonly Dictionary<string, bool> s_options =
        new(StringComparer.Ordinal) { ["publish"] = true, ["route"] = true, ["name"] = false };

    [Theory]
    [InlineData("bridgenet.publish", "8080:80, 9090:90/udp", "--publish=8080:80 --publish=9090:90/udp")]
    [InlineData("bridgenet.route", "10.0.0.0/8,10.1.1.1 fd00::/8", "--route=10.0.0.0/8,10.1.1.1 --route=fd00::/8")]
    [InlineData("bridgenet.name", "--evil", "--name=--evil")]
    [InlineData("org.other.name", "x", "")]
    [InlineData("bridgenet.netns", "/run/netns/a", "")]
    public void An_annotation_becomes_its_option(string key, string value, string words) =>
        string.Join(' ', OciAnnotations.ToWords(new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }, s_options))
            .Should().Be(words);

    [Theory]
    [InlineData("bridgenet.pubish", "1")]
    [InlineData("bridgenet.", "1")]
    [InlineData("bridgenet.name", "a\0b")]
    public void An_annotation_of_no_option_is_refused(string key, string value)
    {
        Action read = () => OciAnnotations.ToWords(new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }, s_options);

        read.Should().Throw<ConfigurationException>();
    }

    [Fact]
    public void A_null_annotation_of_bridgenet_is_refused_and_another_one_is_skipped()
    {
        Action read = () => OciAnnotations.ToWords(new Dictionary<string, string>(StringComparer.Ordinal) { ["bridgenet.name"] = null! }, s_options);

        read.Should().Throw<ConfigurationException>().WithMessage("*bridgenet.name has no value*");
        OciAnnotations.ToWords(new Dictionary<string, string>(StringComparer.Ordinal) { ["other"] = null! }, s_options).Should().BeEmpty();
    }

    [Fact]
    public void A_value_of_more_than_4_KiB_is_refused()
    {
        Action read = () =>
            OciAnnotations.ToWords(new Dictionary<string, string>(StringComparer.Ordinal) { ["bridgenet.name"] = new('x', 4097) }, s_options);

        read.Should().Throw<ConfigurationException>();
    }
}
