using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Runtimes.Docker;

using CsCheck;

namespace BridgeNet.Cli.Tests.Docker;

public sealed class DockerNetworkOptionsTests
{
    private static readonly NetworkDefinition s_app = new() { Name = "app" };
    private static readonly Gen<InterfaceName> s_name = Gen.Char["abcxyz0-9_."]
        .Array[1, 10]
        .Select(letters => InterfaceName.Parse("n" + new string(letters)));
    private static readonly Gen<GatewayMode> s_mode = Gen.Enum<GatewayMode>();
    private static readonly Gen<IPAddress> s_ipv4 = Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes));
    private static readonly Gen<IPAddress> s_ipv6 = Gen.Byte.Array[15].Select(bytes => new IPAddress([0xfd, .. bytes]));

    private static readonly Gen<NetworkDefinition> s_definition =
        from name in Gen.Bool.Select(isDefault => isDefault ? "bridge" : "app")
        from device in Gen.Bool.SelectMany(given => given ? s_name.Select(value => (InterfaceName?)value) : Gen.Const((InterfaceName?)null))
        from truths in Gen.Bool.Array[6]
        from ipv4Mode in s_mode
        from ipv6Mode in s_mode
        from ipv4Source in Gen.Null(s_ipv4)
        from ipv6Source in Gen.Null(s_ipv6)
        from binding in Gen.Null(Gen.OneOf(s_ipv4, s_ipv6))
        from trusted in s_name.Array[0, 3]
        from mtu in Gen.Int[68, 65535]
        from sized in Gen.Int[0, 2]
        from prefix in s_name
        from announcements in Gen.Int[0, 3]
        from interval in Gen.Int[100, 2000]
        select new NetworkDefinition
        {
            Name = name,
            Device = device,
            IPv4 = truths[0],
            IPv6 = truths[1],
            Internal = truths[2],
            InterContainer = truths[3],
            Masquerade = truths[4],
            InhibitIPv4 = truths[5],
            IPv4Mode = ipv4Mode,
            IPv6Mode = ipv6Mode,
            IPv4Source = ipv4Source,
            IPv6Source = ipv6Source,
            HostBinding = binding,
            TrustedInterfaces = ValueList.From(trusted),
            Mtu = sized == 1 ? mtu : null,
            MtuFollowsHost = sized == 2,
            InterfacePrefix = prefix.ToString(),
            Announcements = announcements,
            AnnouncementInterval = TimeSpan.FromMilliseconds(interval),
        };

    [Fact]
    public void Every_definition_reads_back_from_its_options() => s_definition.Sample(definition =>
        DockerNetworkOptions.Apply(new NetworkDefinition { Name = definition.Name }, DockerNetworkOptions.Of(definition)).Should().Be(definition));

    [Fact]
    public void Dockers_defaults_are_not_written() => DockerNetworkOptions.Of(s_app).Should().BeEmpty();

    [Theory]
    [InlineData("bridge.name", "br1")]
    [InlineData("bridge.enable_ip_masquerade", "false")]
    [InlineData("bridge.gateway_mode_ipv4", "nat-unprotected")]
    [InlineData("bridge.gateway_mode_ipv6", "routed")]
    [InlineData("bridge.enable_icc", "false")]
    [InlineData("bridge.inhibit_ipv4", "true")]
    [InlineData("bridge.host_binding_ipv4", "127.0.0.1")]
    [InlineData("bridge.host_binding_ipv4", "::1")]
    [InlineData("bridge.trusted_host_interfaces", "eth0:wg0")]
    [InlineData("driver.mtu", "1400")]
    [InlineData("driver.mtu", "auto")]
    [InlineData("enable_ipv4", "false")]
    [InlineData("enable_ipv6", "true")]
    [InlineData("container_iface_prefix", "lan")]
    [InlineData("host_ipv4", "192.0.2.1")]
    [InlineData("host_ipv6", "2001:db8::1")]
    [InlineData("advertise_addr_nmsgs", "0")]
    [InlineData("advertise_addr_ms", "250")]
    [InlineData("internal", "true")]
    public void An_option_changes_a_definition_and_is_written_as_it_was_read(string key, string value)
    {
        string name = $"com.docker.network.{key}";

        NetworkDefinition definition = Apply(name, value);

        definition.Should().NotBe(s_app);
        DockerNetworkOptions.Of(definition).Should().Equal(new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value });
    }

    [Theory]
    [InlineData("com.docker.network.driver.private.no_proxy_6to4", "true")]
    [InlineData("com.docker.network.bridge.default_bridge", "false")]
    [InlineData("com.docker.network.bridge.gateway_mode_ipv4", "")]
    [InlineData("com.docker.network.bridge.enable_icc", "T")]
    public void An_option_with_its_default_value_changes_nothing(string key, string value) => Apply(key, value).Should().Be(s_app);

    [Theory]
    [InlineData("bridge.name", "sixteen-bytes-xx", "at most 15 bytes")]
    [InlineData("bridge.default_bridge", "true", "true only of the network \"bridge\"")]
    [InlineData("bridge.enable_ip_masquerade", "yes", "true or false")]
    [InlineData("bridge.gateway_mode_ipv4", "NAT", "nat, nat-unprotected, routed or isolated")]
    [InlineData("bridge.gateway_mode_ipv6", "bridged", "nat, nat-unprotected, routed or isolated")]
    [InlineData("bridge.enable_icc", "", "true or false")]
    [InlineData("bridge.inhibit_ipv4", "2", "true or false")]
    [InlineData("bridge.host_binding_ipv4", "127.1", "an address of the host")]
    [InlineData("bridge.trusted_host_interfaces", "eth0,eth1:", "names of interfaces with ':' between them")]
    [InlineData("bridge.trusted_host_interfaces", "", "names of interfaces with ':' between them")]
    [InlineData("driver.mtu", "-1", "from 68 to 65535, or auto")]
    [InlineData("driver.mtu", "67", "from 68 to 65535, or auto")]
    [InlineData("driver.mtu", "65536", "from 68 to 65535, or auto")]
    [InlineData("driver.private.no_proxy_6to4", "maybe", "true or false")]
    [InlineData("enable_ipv4", "on", "true or false")]
    [InlineData("enable_ipv6", "off", "true or false")]
    [InlineData("container_iface_prefix", "twelve-bytes", "at most 11 bytes")]
    [InlineData("container_iface_prefix", "a/b", "at most 11 bytes")]
    [InlineData("host_ipv4", "2001:db8::1", "an IPv4 address")]
    [InlineData("host_ipv6", "192.0.2.1", "an IPv6 address")]
    [InlineData("advertise_addr_nmsgs", "4", "from 0 to 3")]
    [InlineData("advertise_addr_ms", "99", "from 100 to 2000")]
    [InlineData("advertise_addr_ms", "2001", "from 100 to 2000")]
    [InlineData("internal", "x", "true or false")]
    public void A_wrong_value_is_refused_with_the_values_that_are_allowed(string key, string value, string allowed)
    {
        Action apply = () => Apply($"com.docker.network.{key}", value);

        apply.Should().Throw<FormatException>().WithMessage($"com.docker.network.{key}={value}: the value can be *{allowed}*");
    }

    [Theory]
    [InlineData("com.docker.network.bridge.speed", "*known are com.docker.network.bridge.name, *")]
    [InlineData("com.docker.network.speed", "*known are *com.docker.network.host_ipv6*")]
    [InlineData("enable_icc", "*com.docker.network.bridge.enable_icc is meant*")]
    [InlineData("com.docker.network.Driver.MTU", "*com.docker.network.driver.mtu is meant*")]
    [InlineData("com.docker.network.endpoint.ifname", "*an option of an endpoint*")]
    [InlineData("parent", "*begin with com.docker.network.*label*")]
    [InlineData("", "*begin with com.docker.network.*")]
    public void An_unknown_option_is_named_with_a_hint(string key, string hint)
    {
        Action apply = () => Apply(key, "1");

        apply.Should().Throw<FormatException>().WithMessage($"{key}=1: {hint}");
    }

    [Fact]
    public void An_option_given_twice_is_refused()
    {
        KeyValuePair<string, string> option = KeyValuePair.Create(DockerNetworkOptions.Mtu, "1400");
        Action apply = () => DockerNetworkOptions.Apply(s_app, [option, option]);

        apply.Should().Throw<FormatException>().WithMessage($"{DockerNetworkOptions.Mtu}=1400: the option is given twice");
    }

    private static NetworkDefinition Apply(string key, string value) => DockerNetworkOptions.Apply(s_app, [KeyValuePair.Create(key, value)]);
}
