using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.State;
using BridgeNet.TestKit;

using CsCheck;

namespace BridgeNet.Tests.State;

/// <summary>Records as JSON. The witnesses are System.Text.Json's serializer, which used to write them, and records of an older build.</summary>
public sealed class RecordFieldsTests
{
    private static readonly JsonSerializerOptions s_witness = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    private static readonly Gen<string> s_text = Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 1, 12], Gen.Const("a\n\"ü\u2028</x>&'+"));
    private static readonly Gen<string?> s_maybe = Gen.OneOf(s_text.Select(text => (string?)text), Gen.Const((string?)null));
    private static readonly Gen<InterfaceName> s_names = Gen.String[Gen.Char.AlphaNumeric, 1, 15].Select(name => InterfaceName.Parse(name));
    private static readonly Gen<int?> s_number = Gen.OneOf(Gen.Int.Select(number => (int?)number), Gen.Const((int?)null));
    private static readonly Gen<GatewayMode> s_modes = Gen.Int[0, 3].Select(mode => (GatewayMode)mode);

    private static readonly Gen<IPAddress> s_addresses =
        Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Select(bytes => new IPAddress(bytes));

    private static readonly Gen<IPAddress?> s_address = Gen.OneOf(s_addresses.Select(address => (IPAddress?)address), Gen.Const((IPAddress?)null));
    private static readonly Gen<InterfaceAddress> s_owned =
        Gen.Select(s_addresses, Gen.Int[0, 32], (address, prefix) => new InterfaceAddress(address, prefix));
    private static readonly Gen<IPNetwork> s_subnet = s_owned.Select(address => address.Subnet);

    private static readonly Gen<ValueList<KeyValuePair<string, string>>> s_pairs =
        Gen.Dictionary(s_text, s_text)[0, 3].Select(pairs => ValueList.From(pairs.AsEnumerable()));

    private static readonly Gen<SubnetDefinition> s_subnets =
        from subnet in s_subnet
        from gateway in s_address
        from range in s_subnet
        from auxiliary in Gen.Dictionary(s_text, s_addresses)[0, 3]
        from flag in Gen.Bool
        select new SubnetDefinition
        {
            Subnet = subnet,
            Gateway = gateway,
            NextHop = gateway,
            Range = flag ? range : null,
            Auxiliary = ValueList.From(auxiliary.AsEnumerable()),
        };

    private static readonly Gen<NetworkDefinition> s_definitions =
        from name in s_text
        from device in s_names
        from subnets in s_subnets.Array[0, 3]
        from modes in Gen.Select(s_modes, s_modes)
        from sources in Gen.Select(s_address, s_address, s_address)
        from trusted in s_names.Array[0, 3]
        from mtu in s_number
        from count in Gen.Int
        from milliseconds in Gen.Int
        from labels in s_pairs
        from flags in Gen.Bool.Array[10]
        select new NetworkDefinition
        {
            Name = name,
            Device = device,
            Adopt = flags[0],
            Subnets = [.. subnets.DistinctBy(subnet => subnet.Subnet)],
            IPv4 = flags[1],
            IPv6 = flags[2],
            Internal = flags[3],
            InterContainer = flags[4],
            Masquerade = flags[5],
            IPv4Mode = modes.Item1,
            IPv6Mode = modes.Item2,
            InhibitIPv4 = flags[6],
            IPv4Source = sources.Item1,
            IPv6Source = sources.Item2,
            HostBinding = sources.Item3,
            TrustedInterfaces = [.. trusted],
            Mtu = mtu,
            MtuFollowsHost = flags[7],
            InterfacePrefix = name,
            Announcements = count,
            AnnouncementInterval = TimeSpan.FromMilliseconds(milliseconds),
            Labels = labels,
            AllowForeignForward = flags[8],
            Dns = flags[9],
        };

    private static readonly Gen<NetworkState> s_networks =
        from definition in s_definitions
        from id in s_text
        from flag in Gen.Bool
        from other in Gen.Bool
        select new NetworkState
        {
            Id = id,
            Definition = definition,
            WasUp = flag,
            HadRouteLocalnet = other,
            SubnetsBefore = flag ? ValueList.From(definition.Subnets.Select(subnet => subnet.Subnet)) : [],
        };

    private static readonly Gen<PublishedPort> s_ports =
        from address in s_addresses
        from hostPort in Gen.Int[0, 65535]
        from containerPort in Gen.Int[1, 65535]
        from protocol in Gen.Int[0, 2].Select(index => new[] { TransportProtocol.Tcp, TransportProtocol.Udp, TransportProtocol.Sctp }[index])
        from sources in s_subnet.Array[0, 2]
        from count in Gen.Int[1, 65535]
        select new PublishedPort(address, hostPort, containerPort, protocol) { Sources = [.. sources], Count = count };

    private static readonly Gen<EndpointState> s_endpoints =
        from texts in Gen.Select(s_text, s_maybe)
        from names in Gen.Select(s_names, s_names)
        from addresses in s_owned.Array[0, 3]
        from gateways in s_addresses.Array[0, 2]
        from sysctls in s_pairs
        from ports in s_ports.Array[0, 4]
        from number in Gen.Int
        from rate in Gen.OneOf(Gen.Long.Select(value => (long?)value), Gen.Const((long?)null))
        from identity in Gen.Select(Gen.ULong, Gen.ULong)
        from mac in Gen.Byte.Array[6]
        from flag in Gen.Bool
        select new EndpointState
        {
            Id = texts.Item1,
            Name = texts.Item1,
            Aliases = flag ? [texts.Item1] : [],
            NameServers = [.. gateways],
            Network = texts.Item1,
            Owner = texts.Item2,
            SandboxPath = texts.Item1,
            SandboxIdentity = new FileIdentity(identity.Item1, identity.Item2),
            SandboxCookie = rate,
            InterfaceName = names.Item1,
            HostInterface = names.Item2,
            MacAddress = MacAddress.From(mac),
            Addresses = [.. addresses],
            Gateways = [.. gateways],
            LinkLocalAddresses = flag ? [.. addresses] : [],
            Routes = flag && addresses.Length > 0 ? [new StaticRoute(addresses[0].Subnet, gateways.FirstOrDefault())] : [],
            Sysctls = sysctls,
            GatewayPriority = number,
            AntiSpoofing = flag,
            Bandwidth = rate is null
                ? null
                : new Bandwidth { IngressRate = rate, IngressBurst = rate, EgressRate = flag ? rate : null, EgressBurst = flag ? rate : null },
            Ports = [.. ports],
            PortsInDoubt = !flag,
            ChangingPorts = flag ? [] : [.. ports],
        };

    public static TheoryData<string> Goldens =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(Golden.PathOf("x"))!).Select(path => Path.GetFileName(path)!)];

    [Fact]
    public void A_networks_record_is_what_the_serializer_writes_and_reads_back() => s_networks.Sample(state =>
    {
        byte[] written = Write(state, NetworkFields.All);

        Rewritten<OnDisk.Network>(written).Should().Be(Encoding.UTF8.GetString(written));
        NetworkState read = RecordStore<NetworkState>.Parse("file", written, NetworkFields.All);
        read.Definition.Should().Be(state.Definition);
        (read.Id, read.WasUp, read.HadRouteLocalnet, read.SubnetsBefore).Should()
            .Be((state.Id, state.WasUp, state.HadRouteLocalnet, state.SubnetsBefore));
    });

    [Fact]
    public void An_endpoints_record_is_what_the_serializer_writes_and_reads_back() => s_endpoints.Sample(state =>
    {
        byte[] written = Write(state, EndpointFields.All);

        Rewritten<OnDisk.Endpoint>(written).Should().Be(Encoding.UTF8.GetString(written));
        RecordStore<EndpointState>.Parse("file", written, EndpointFields.All).Should().Be(state);
    });

    [Theory]
    [MemberData(nameof(Goldens))]
    public void A_record_of_an_older_build_is_read_and_written_byte_for_byte(string name)
    {
        byte[] golden = File.ReadAllBytes(Golden.PathOf(name))[..^1]; // without the line feed that text files end in

        byte[] written = name.StartsWith("network", StringComparison.Ordinal)
            ? Write(RecordStore<NetworkState>.Parse(name, golden, NetworkFields.All), NetworkFields.All)
            : Write(RecordStore<EndpointState>.Parse(name, golden, EndpointFields.All), EndpointFields.All);

        Encoding.UTF8.GetString(written).Should().Be(Encoding.UTF8.GetString(golden));
    }

    [Theory]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[],"iPv4Mode":"nat","iPv6Mode":null}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[],"iPv4Mode":"nat","iPv6Mode":"nat","colour":"red"}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[],"iPv4Mode":"nat","iPv6Mode":"nat","mtu":"1500"}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[],"iPv4Mode":"nat","iPv6Mode":"nat","mtu":1.5}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[],"iPv4Mode":"nat","iPv6Mode":"nat","mtu":99999999999}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[{}],"iPv4Mode":"nat","iPv6Mode":"nat"}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[1],"iPv4Mode":"nat","iPv6Mode":"nat"}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[],"iPv4Mode":"nat","iPv6Mode":"nat"}{}""")]
    [InlineData("""{"name":"a","id":"a","device":"a","subnets":[],"iPv4Mode":"nat","iPv6Mode":"nat" """)]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("")]
    public void What_the_serializer_refuses_is_refused(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);

        Func<object?> witness = () => JsonSerializer.Deserialize<OnDisk.Network>(content, s_witness) ?? throw new JsonException();
        Action read = () => RecordStore<NetworkState>.Parse("file", content, NetworkFields.All);

        witness.Should().Throw<JsonException>();
        read.Should().Throw<StateException>();
    }

    [Theory]
    [InlineData("\"iPv6Mode\":\"nat\"", "\"iPv6Mode\":\"bridged\"", "'bridged' is not a gateway mode")]
    [InlineData("172.17.0.0/16", "172.17.0.300/16", "")]
    [InlineData("\"device\":\"docker0\"", "\"device\":\"a name that is too long\"", "interface name")]
    public void A_networks_value_that_cannot_be_is_refused_where_the_record_is_read(string value, string other, string why)
    {
        string golden = File.ReadAllText(Golden.PathOf("network-bridge.json")).TrimEnd();

        byte[] changed = Encoding.UTF8.GetBytes(golden.Replace(value, other, StringComparison.Ordinal));
        Action read = () => RecordStore<NetworkState>.Parse("file", changed, NetworkFields.All);

        golden.Should().Contain(value);
        read.Should().Throw<StateException>().WithMessage($"state file: it is a record with something in it that this version does not know*{why}*");
    }

    [Theory]
    [InlineData("\"hostPort\":8080", "\"hostPort\":808080")]
    [InlineData("\"protocol\":\"udp\"", "\"protocol\":\"icmp\"")]
    [InlineData("02:42:ac:11:00:02", "02:42:ac:11:00")]
    [InlineData("\"sandboxIdentity\":\"4:", "\"sandboxIdentity\":\"x:")]
    [InlineData("172.17.0.2/16", "172.17.0.2")]
    public void An_endpoints_value_that_cannot_be_is_refused_where_the_record_is_read(string value, string other)
    {
        string golden = File.ReadAllText(Golden.PathOf("endpoint-one.json")).TrimEnd();

        byte[] changed = Encoding.UTF8.GetBytes(golden.Replace(value, other, StringComparison.Ordinal));
        Action read = () => RecordStore<EndpointState>.Parse("file", changed, EndpointFields.All);

        golden.Should().Contain(value);
        read.Should().Throw<StateException>().WithMessage("state file: it is a record with something in it that this version does not know*");
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            _ = RecordStore<EndpointState>.Parse("file", bytes, EndpointFields.All);
        }
        catch (StateException)
        {
            // refused
        }
    });

    private static byte[] Write<T>(T record, RecordFields<T> fields)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            fields.Write(writer, record);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Rewritten<T>(byte[] content) => JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(content, s_witness), s_witness);
}
