using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

using BridgeNet.Runtimes.Cni;

using CsCheck;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>Configurations that are read by hand, with the serializer as the witness.</summary>
public sealed class PlainJsonTests
{
    private static readonly string[] s_keys =
    [
        "cniVersion", "name", "NAME", "type", "prevResult", "runtimeConfig", "args", "cni", "ipam", "dns",
        "cni.dev/valid-attachments", "cni.dev/attachments", "containerID", "ifname", "portMappings", "hostPort",
        "containerPort", "HostPort", "protocol", "hostIP", "bandwidth", "ingressRate", "ingressBurst", "egressRate",
        "egressBurst", "ips", "ipRanges", "mac", "servers", "searches", "options", "nameservers", "domain", "search",
        "sysctl", "promisc", "allmulti", "mtu", "txQLen", "labels", "subnet", "rangeStart", "rangeEnd", "gateway",
        "ranges", "routes", "dataDir", "resolvConf", "bridge", "isGateway", "isDefaultGateway", "forceAddress",
        "ipMasq", "ipMasqBackend", "hairpinMode", "promiscMode", "vlan", "vlanTrunk", "id", "minID", "maxID",
        "preserveDefaultVlan", "macspoofchk", "enabledad", "disableContainerInterface", "portIsolation", "snat",
        "masqAll", "markMasqBit", "externalSetMarkChain", "conditionsV4", "conditionsV6", "backend",
        "iptablesAdminChainName", "ingressPolicy", "na\u017fe", "unknown",
    ];

    private static readonly Gen<string> s_texts =
        OneOf("\"\"", "\"a\"", "\"10.88.0.0/16\"", "\"1.0.0\"", "\"\\u00fc\"", "\"\\ud800\"", "\"host-local\"");

    private static readonly Gen<string> s_scalars = Gen.OneOf(
        s_texts, OneOf("null", "true", "false", "0", "-1", "80", "1.5", "1e2", "4294967296", "18446744073709551615", "99999999999999999999"));

    [Fact]
    public void A_configuration_reads_as_the_serializer_reads_it() => Compare<CniConfiguration>();

    [Fact]
    public void Options_of_plugins_read_as_the_serializer_reads_them()
    {
        Compare<BridgeOptions>();
        Compare<PortMapOptions>();
        Compare<FirewallOptions>();
        Compare<BandwidthOptions>();
        Compare<TuningOptions>();
        Compare<HostLocalOptions>();
        Compare<CniDns>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("\n{\"mtu\":\n\"1500\"}")]
    [InlineData("{\"bridge\":7}")]
    public void Odd_JSON_is_refused_with_the_serializer_s_message(string json) => Of<BridgeOptions>(json).Should().Be(Witness<BridgeOptions>(json));

    [Fact]
    public void A_runtime_s_configuration_is_read_without_the_serializer()
    {
        JsonElement json = JsonElement.Parse(
            """
            {"cniVersion":"1.1.0","name":"n","type":"bridgenet","ipam":{"type":"host-local"},"dns":{"nameservers":["1.1.1.1"]},
             "runtimeConfig":{"portMappings":[{"hostPort":80,"containerPort":81,"protocol":"tcp"}],"ips":["10.0.0.1"],"bandwidth":{"ingressRate":8}},
             "cni.dev/valid-attachments":[{"containerID":"c","ifname":"eth0"}],"capabilities":{"portMappings":true}}
            """u8);

        CniConfiguration.Read(json).RuntimeConfig!.PortMappings
            .Should().Equal(new CniPortMapping { HostPort = 80, ContainerPort = 81, Protocol = "tcp" });
    }

    [Fact]
    public void The_IPAM_plugin_is_found_whatever_the_letter_case_of_its_key() =>
        CniConfiguration.Read(JsonElement.Parse("""{"IPAM":{"Type":"host-local"}}"""u8)).IpamType.Should().Be("host-local");

    private static void Compare<T>()
        where T : class, IJsonShape<T> =>
        Values(depth: 4).Sample(json => string.Equals(Of<T>(json), Witness<T>(json), StringComparison.Ordinal), iter: 20_000);

    private static Gen<string> Values(int depth) => depth == 0 ? s_scalars : Gen.Frequency(
        (3, Gen.Select(OneOf(s_keys), Values(depth - 1)).Array[0, 6].Select(
            members => $"{{{string.Join(',', members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}")),
        (1, Values(depth - 1).Array[0, 3].Select(values => $"[{string.Join(',', values)}]")),
        (1, s_texts.Array[0, 3].Select(values => $"[{string.Join(',', values)}]")),
        (2, s_scalars));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Of<T>(string json)
        where T : class, IJsonShape<T> => Told(() => PlainJson.Read<T>(Encoding.UTF8.GetBytes(json)), T.Serialized);

    private static string Witness<T>(string json)
        where T : class, IJsonShape<T> => Told(() => JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(json), T.Serialized), T.Serialized);

    private static string Told<T>(Func<T?> read, JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return read() is { } value ? JsonSerializer.Serialize(value, shape) : "nothing";
        }
        catch (JsonException error)
        {
            return error.Message;
        }
    }
}
