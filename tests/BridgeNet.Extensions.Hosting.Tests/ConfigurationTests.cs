using System.Net;
using System.Text;

using BridgeNet.Netlink;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BridgeNet.Extensions.Hosting.Tests;

/// <summary>Options from appsettings.json: all of a network, and an error with its key for whatever cannot be read.</summary>
public sealed class ConfigurationTests
{
    private const string Whole = """
        {
          "StateDirectory": "/run/mine", "HostNamespace": "blue", "Watch": "false", "ServeNames": true,
          "Networks": { "backend": {
            "Device": "br-back", "Adopt": true, "IPv4": true, "IPv6": true, "Internal": false, "InterContainer": false, "Masquerade": false,
            "Subnets": [ "172.30.0.0/24", { "Subnet": "172.31.0.0/24", "Gateway": "172.31.0.9", "NextHop": "172.31.0.8",
              "Range": "172.31.0.128/25", "Auxiliary": { "router": "172.31.0.3" } }, "fd00:30::/64" ],
            "IPv4Mode": "nat-unprotected", "IPv6Mode": "routed", "InhibitIPv4": true, "IPv4Source": "192.0.2.7", "IPv6Source": "2001:db8::7",
            "Dns": false, "HostBinding": "127.0.0.1", "TrustedInterfaces": [ "wg0", "wg1" ], "Mtu": 1400, "MtuFollowsHost": true,
            "InterfacePrefix": "net", "Announcements": 1, "AnnouncementInterval": "00:00:00.2000000",
            "Labels": { "owner": "me", "empty": "" }, "AllowForeignForward": true } }
        }
        """;

    [Fact]
    public void Every_setting_of_a_network_can_be_configured()
    {
        NetworkDefinition network = Read(Whole, out BridgeNetOptions options);

        (options.StateDirectory, options.HostNamespace, options.Watch, options.ServeNames).Should().Be(("/run/mine", "blue", false, true));
        network.Should().Be(new NetworkDefinition
        {
            Name = "backend",
            Device = InterfaceName.Parse("br-back"),
            Adopt = true,
            IPv6 = true,
            InterContainer = false,
            Masquerade = false,
            Subnets =
            [
                SubnetDefinition.Parse("172.30.0.0/24"),
                SubnetDefinition.Parse("172.31.0.0/24") with
                {
                    Gateway = IPAddress.Parse("172.31.0.9"),
                    NextHop = IPAddress.Parse("172.31.0.8"),
                    Range = IPNetwork.Parse("172.31.0.128/25"),
                    Auxiliary = [KeyValuePair.Create("router", IPAddress.Parse("172.31.0.3"))],
                },
                SubnetDefinition.Parse("fd00:30::/64"),
            ],
            IPv4Mode = GatewayMode.NatUnprotected,
            IPv6Mode = GatewayMode.Routed,
            InhibitIPv4 = true,
            IPv4Source = IPAddress.Parse("192.0.2.7"),
            IPv6Source = IPAddress.Parse("2001:db8::7"),
            Dns = false,
            HostBinding = IPAddress.Loopback,
            TrustedInterfaces = [InterfaceName.Parse("wg0"), InterfaceName.Parse("wg1")],
            Mtu = 1400,
            MtuFollowsHost = true,
            InterfacePrefix = "net",
            Announcements = 1,
            AnnouncementInterval = TimeSpan.FromMilliseconds(200),
            Labels = [KeyValuePair.Create("empty", ""), KeyValuePair.Create("owner", "me")], // in the order of the keys
            AllowForeignForward = true,
        });
    }

    [Fact]
    public void Every_setting_of_a_network_and_of_a_subnet_is_in_that_test()
    {
        IConfigurationSection network = Json(Whole).GetSection("Networks:backend"), subnet = network.GetSection("Subnets:1");

        network.GetChildren().Select(setting => setting.Key)
            .Should().BeEquivalentTo(Settable(typeof(NetworkDefinition)).Where(name => name is not "Name"));
        subnet.GetChildren().Select(setting => setting.Key).Should().BeEquivalentTo(Settable(typeof(SubnetDefinition)));

        static IEnumerable<string> Settable(Type type) =>
            type.GetProperties().Where(property => property.SetMethod is { IsStatic: false }).Select(property => property.Name);
    }

    [Fact]
    public void A_later_layer_adds_to_a_subnet_that_was_a_text_and_null_asks_for_the_default()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddJsonStream(Stream("""{ "Networks": { "a": { "Subnets": [ "172.30.0.0/24" ], "Mtu": 1400, "HostBinding": "127.0.0.1" } } }"""))
            .AddJsonStream(Stream("""{ "Networks": { "a": { "Subnets": [ { "Gateway": "172.30.0.9" } ], "Mtu": null } } }"""))
            .Build();

        OptionsOf(configuration).Networks.Should().ContainSingle().Which.Should().Be(new NetworkDefinition
        {
            Name = "a",
            Subnets = [SubnetDefinition.Parse("172.30.0.0/24") with { Gateway = IPAddress.Parse("172.30.0.9") }],
            HostBinding = IPAddress.Loopback,
        });
    }

    [Fact]
    public void A_network_of_the_program_is_replaced_by_the_configurations()
    {
        ServiceCollection services = new();
        services.AddBridgeNet(options => options.Networks.Add(new NetworkDefinition { Name = "a", Mtu = 1300 }));
        services.AddBridgeNet(Json("""{ "Networks": { "a": { "Mtu": 1400 } } }"""));
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IOptions<BridgeNetOptions>>().Value.Networks.Should().ContainSingle().Which.Mtu.Should().Be(1400);
        provider.GetServices<IValidateOptions<BridgeNetOptions>>().Should().ContainSingle("each fault is told once");
    }

    [Fact]
    public void Keys_are_read_in_either_case_and_layers_are_merged()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddJsonStream(Stream("""{ "networks": { "backend": { "mtu": 1400, "hostbinding": "127.0.0.1" } } }"""))
            .AddInMemoryCollection([new("Networks:backend:Mtu", "1300")])
            .Build();

        NetworkDefinition network = OptionsOf(configuration).Networks.Should().ContainSingle().Subject;

        (network.Name, network.Mtu, network.HostBinding).Should().Be(("backend", 1300, IPAddress.Loopback));
    }

    [Fact]
    public void Networks_may_be_a_list_of_which_each_has_its_name() =>
        OptionsOf(Json("""{ "Networks": [ { "Name": "a" }, { "Name": "b", "Internal": true } ] }""")).Networks
            .Should().Equal(new NetworkDefinition { Name = "a" }, new NetworkDefinition { Name = "b", Internal = true });

    [Theory]
    [InlineData("""{ "Stat": "x" }""", "Stat: there is no such setting: StateDirectory, HostNamespace, Watch, ServeNames, Networks")]
    [InlineData("""{ "Watch": "maybe" }""", "Watch: 'maybe' is not true or false")]
    [InlineData("""{ "StateDirectory": "" }""", "StateDirectory: it is empty: leave it out for the default")]
    [InlineData("""{ "Networks": { "a": { "HostBindng": "127.0.0.1" } } }""", "Networks:a:HostBindng: there is no such setting: Name, Device,*")]
    [InlineData("""{ "Networks": { "a": { "HostBinding": "localhost" } } }""", "Networks:a:HostBinding: 'localhost' is not an address*")]
    [InlineData("""{ "Networks": { "a": { "HostBinding": "127.1" } } }""", "Networks:a:HostBinding: '127.1' is not an address*")]
    [InlineData("""{ "Networks": { "a": { "Subnets": "172.30.0.0/24" } } }""", "Networks:a:Subnets: '172.30.0.0/24' cannot be read: it is a list")]
    [InlineData("""{ "Networks": { "a": { "Subnets": [ "172.30.0.1/24" ] } } }""", "Networks:a:Subnets: '172.30.0.1/24' is not a range*")]
    [InlineData("""{ "Networks": { "a": { "Subnets": [ { "Subnet": "10.0.0.0/8", "Gatewy": "10.0.0.9" } ] } } }""",
        "Networks:a:Subnets:0:Gatewy: there is no such setting: Subnet, Gateway, NextHop, Range, Auxiliary")]
    [InlineData("""{ "Networks": { "a": { "Mtu": "big" } } }""", "Networks:a:Mtu: 'big' is not a whole number")]
    [InlineData("""{ "Networks": { "a": { "IPv6": "ja" } } }""", "Networks:a:IPv6: 'ja' is not true or false")]
    [InlineData("""{ "Networks": { "a": { "AnnouncementInterval": "soon" } } }""", "Networks:a:AnnouncementInterval: 'soon' is not a time*")]
    [InlineData("""{ "Networks": { "a": { "IPv4Mode": "Bridged" } } }""", "Networks:a:IPv4Mode: 'Bridged' is not a gateway mode: nat,*")]
    [InlineData("""{ "Networks": { "a": { "TrustedInterfaces": [ "a/b" ] } } }""", "Networks:a:TrustedInterfaces: interface name 'a/b' holds*")]
    [InlineData("""{ "Networks": { "a": { "HostBinding": [ "127.0.0.1" ] } } }""",
        "Networks:a:HostBinding: it is a single value, and has no sections")]
    [InlineData("""{ "Networks": { "a": { "HostBinding": "" } } }""", "Networks:a:HostBinding: it is empty: leave it out for the default")]
    [InlineData("""{ "Networks": { "a": { "InterfacePrefix": "" } } }""", "Networks:a:InterfacePrefix: it is empty: leave it out for the default")]
    [InlineData("""{ "Networks": { "a": { "TrustedInterfaces": [ { "Name": "wg0" } ] } } }""",
        "Networks:a:TrustedInterfaces:0: it is a single value, and has no sections")]
    [InlineData("""{ "Networks": { "a": { "TrustedInterfaces": [ null ] } } }""",
        "Networks:a:TrustedInterfaces:0: it is empty: leave it out for the default")]
    [InlineData("""{ "Networks": { "a": { "Labels": "owner" } } }""", "Networks:a:Labels: 'owner' cannot be read: it has a key for each")]
    [InlineData("""{ "Networks": { "a": { "Subnets": [ { "Gateway": "172.31.0.9" } ] } } }""", "Networks:a:Subnets:0: a subnet needs Subnet")]
    [InlineData("""{ "Networks": "backend" }""", "Networks: 'backend' cannot be read: a network is a section named like it")]
    [InlineData("""{ "Networks": { "a": "172.30.0.0/24" } }""",
        "Networks:a: '172.30.0.0/24' cannot be read: a network is a section with its settings")]
    [InlineData("""{ "Networks": [ { "Name": "a", "HostBinding": "127.0.0.1" }, { "Name": "a" } ] }""", "Networks:1: there is another network a")]
    [InlineData("""{ "Networks": [ { "Mtu": 1400 } ] }""", "Networks:0: a network in a list needs a Name")]
    [InlineData("""{ "Networks": { "a": { "Mtu": 1 } } }""", "network a: Mtu: 1 is not in 68 to 65535")]
    [InlineData("""{ "Networks": { "a b": { } } }""", "network a b: *")]
    public void What_cannot_be_is_an_error_with_its_key(string json, string message)
    {
        Action read = () => OptionsOf(Json(json));

        read.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Which.Should().Match(message);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Action read = () => OptionsOf(Json("""{ "Wach": true, "Networks": { "a": { "Mtu": "x", "Dns": "off" }, "b": { "Mtu": 2 } } }"""));

        read.Should().Throw<OptionsValidationException>().Which.Failures.Select(fault => fault.Split(": ")[0])
            .Should().BeEquivalentTo("Wach", "Networks:a:Dns", "Networks:a:Mtu", "network b");
    }

    [Fact]
    public void Options_can_be_set_by_the_program()
    {
        ServiceCollection services = new();
        services.AddBridgeNet(options => options.Networks.Add(new NetworkDefinition { Name = "a" }));
        services.Configure<BridgeNetOptions>(options => options.Watch = false);

        using ServiceProvider provider = services.BuildServiceProvider();
        BridgeNetOptions options = provider.GetRequiredService<IOptions<BridgeNetOptions>>().Value;

        (options.Watch, options.Networks.Single().Name).Should().Be((false, "a"));
    }

    [Fact]
    public void A_network_given_twice_is_an_error()
    {
        ServiceCollection services = new();
        services.AddBridgeNet(options =>
        {
            options.Networks.Add(new NetworkDefinition { Name = "a" });
            options.Networks.Add(new NetworkDefinition { Name = "a", Mtu = 1400 });
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        Func<BridgeNetOptions> read = () => provider.GetRequiredService<IOptions<BridgeNetOptions>>().Value;

        read.Should().Throw<OptionsValidationException>().WithMessage("network a: it is given 2 times");
    }

    private static NetworkDefinition Read(string json, out BridgeNetOptions options)
    {
        options = OptionsOf(Json(json));
        return options.Networks.Should().ContainSingle().Subject;
    }

    private static BridgeNetOptions OptionsOf(IConfiguration configuration)
    {
        ServiceCollection services = new();
        services.AddBridgeNet(configuration);
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<BridgeNetOptions>>().Value;
    }

    private static IConfigurationRoot Json(string json) => new ConfigurationBuilder().AddJsonStream(Stream(json)).Build();

    private static MemoryStream Stream(string json) => new(Encoding.UTF8.GetBytes(json));
}
