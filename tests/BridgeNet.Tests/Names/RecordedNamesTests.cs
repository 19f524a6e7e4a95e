using System.Net;

using BridgeNet.Dns.Names;
using BridgeNet.Native;
using BridgeNet.Names;
using BridgeNet.Netlink;
using BridgeNet.State;
using BridgeNet.Tests.State;

namespace BridgeNet.Tests.Names;

public sealed class RecordedNamesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _log = [];
    private readonly StateDirectory _state;
    private readonly RecordedNames _names;

    public RecordedNamesTests()
    {
        _state = new StateDirectory(_directory.Path);
        _names = new RecordedNames(_state, _log.Add);
        Make("backend", network => network with { Dns = true });
    }

    public void Dispose()
    {
        _state.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Made_endpoints_of_networks_with_DNS_have_their_name_their_id_and_their_aliases()
    {
        Make("plain", network => network with { Dns = false });
        Attach("00000000000a", endpoint => endpoint with { Name = "web", Aliases = ["www"] });
        Attach("00000000000b", endpoint => endpoint with { Network = "plain" });
        _state.Endpoints.WriteIntent("00000000000c", Endpoint("00000000000c"));

        NetworkFile network = Read().Single();

        network.Should().BeEquivalentTo(new { Network = "backend", IsInternal = false, Servers = Array.Empty<IPAddress>() });
        network.ListenAddresses.Should().Equal(IPAddress.Parse("172.18.0.1"), IPAddress.Parse("fd00:18::1"));
        ContainerLine line = network.Containers.Single();
        line.Names.Should().Equal("web", "00000000000a", "www");
        line.Addresses.Should().Equal(IPAddress.Parse("172.18.0.2"));
        _names.Count.Should().Be(1);
    }

    [Fact]
    public void An_internal_network_says_so_and_one_whose_bridge_has_no_IPv4_address_is_asked_by_IPv6_alone()
    {
        Make("quiet", network => network with { Dns = true, Internal = true, InhibitIPv4 = true });

        NetworkFile quiet = Read().Single(network => network.Network is "quiet");

        quiet.IsInternal.Should().BeTrue();
        quiet.ListenAddresses.Should().Equal(IPAddress.Parse("fd00:18::1"));
    }

    [Fact]
    public void The_endpoints_of_one_namespace_are_one_container_by_its_cookie_or_else_by_its_identity()
    {
        Attach("00000000000a", endpoint => endpoint with { SandboxCookie = 7 });
        Attach("00000000000b", endpoint => endpoint with { SandboxCookie = 7, SandboxIdentity = new FileIdentity(4, 9) });
        Attach("00000000000c", endpoint => endpoint with { SandboxCookie = null });
        Attach("00000000000d", endpoint => endpoint with { SandboxCookie = null });
        Attach("00000000000e", endpoint => endpoint with { SandboxPath = "", SandboxCookie = null });

        string[] containers = [.. Read().Single().Containers.OrderBy(line => line.Names[0], StringComparer.Ordinal).Select(line => line.Id)];

        containers[0].Should().Be(containers[1]).And.NotBe(containers[2]);
        containers[2].Should().Be(containers[3]).And.NotBe(containers[4]);
    }

    [Fact]
    public void The_version_is_that_of_the_directories_and_of_every_look_while_a_change_is_recent()
    {
        DateTime old = DateTime.UtcNow.AddHours(-1);
        SetTimes(old);
        (int before, int again) = (_names.Version, _names.Version);
        SetTimes(old.AddSeconds(1));
        int later = _names.Version;
        Attach("00000000000a", endpoint => endpoint);
        (int recent, int more) = (_names.Version, _names.Version);
        SetTimes(DateTime.UtcNow.AddHours(1)); // the clock was set back
        (int ahead, int still) = (_names.Version, _names.Version);

        again.Should().Be(before);
        later.Should().NotBe(before);
        more.Should().NotBe(recent, "the kernel's clock may have stood still over a second change");
        still.Should().Be(ahead);
    }

    [Fact]
    public void A_deleted_directory_is_no_change_of_names()
    {
        Attach("00000000000a", endpoint => endpoint);
        _ = Read();
        foreach (string directory in Directory.GetDirectories(_directory.Path))
        {
            Directory.Delete(directory, recursive: true);
        }

        Action read = () => Read();

        read.Should().Throw<IOException>().WithMessage($"{_directory.Path} was deleted: *");
        _names.Count.Should().Be(0);
    }

    [Fact]
    public void A_record_that_was_damaged_and_is_made_again_has_its_names_then()
    {
        File.WriteAllText(Path.Combine(_state.EndpointsPath, "00000000000a.json"), "{");
        int damaged = Read().Single().Containers.Count;

        _state.Endpoints.SetAside("00000000000a");
        Attach("00000000000a", endpoint => endpoint);

        damaged.Should().Be(0);
        Read().Single().Containers.Should().ContainSingle();
    }

    [Fact]
    public void A_damaged_record_is_told_of_once_and_the_others_have_names()
    {
        Attach("00000000000a", endpoint => endpoint);
        File.WriteAllText(Path.Combine(_state.EndpointsPath, "00000000000b.json"), "{");

        _ = Read();

        Read().Single().Containers.Should().ContainSingle();
        _log.Should().ContainSingle().Which.Should().Contain("00000000000b.json");
    }

    private void SetTimes(DateTime time)
    {
        Directory.SetLastWriteTimeUtc(_state.NetworksPath, time);
        Directory.SetLastWriteTimeUtc(_state.EndpointsPath, time);
    }

    private IReadOnlyList<NetworkFile> Read() => _names.Read(out _);

    private void Make(string name, Func<NetworkDefinition, NetworkDefinition> with)
    {
        NetworkDefinition definition = with(new NetworkDefinition
        {
            Name = name,
            Device = InterfaceName.Parse($"br-{name}"),
            IPv6 = true,
            Subnets =
            [
                SubnetDefinition.Parse("172.18.0.0/24") with { Gateway = IPAddress.Parse("172.18.0.1") },
                SubnetDefinition.Parse("fd00:18::/64") with { Gateway = IPAddress.Parse("fd00:18::1") },
            ],
        });
        _state.Networks.WriteIntent(name, new NetworkState { Id = "0123456789ab", Definition = definition });
        _state.Networks.Commit(name);
    }

    private void Attach(string id, Func<EndpointState, EndpointState> with)
    {
        _state.Endpoints.WriteIntent(id, with(Endpoint(id)));
        _state.Endpoints.Commit(id);
    }

    private static EndpointState Endpoint(string id) => new()
    {
        Id = id,
        Name = id,
        Network = "backend",
        SandboxPath = "/run/netns/web",
        SandboxIdentity = new FileIdentity(4, 5),
        InterfaceName = InterfaceName.Parse("eth0"),
        HostInterface = InterfaceName.Parse("veth0"),
        MacAddress = MacAddress.Parse("02:42:ac:12:00:02"),
        Addresses = [InterfaceAddress.Parse("172.18.0.2/24")],
        Gateways = [],
        Ports = [],
    };
}
