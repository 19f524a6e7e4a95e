using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

using BridgeNet.State;

using CsCheck;

namespace BridgeNet.Tests.State;

/// <summary>Records as JSON, with System.Text.Json's serializer as the witness, which wrote and read them before.</summary>
public sealed class RecordCodecTests
{
    private static readonly JsonSerializerOptions s_witness = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    private static readonly Gen<string> s_text = Gen.OneOf(Gen.String[Gen.Char.AlphaNumeric, 0, 12], Gen.Const("a\n\"ü\u2028</x>&'+"));
    private static readonly Gen<string?> s_maybe = Gen.OneOf(s_text.Select(text => (string?)text), Gen.Const((string?)null));
    private static readonly Gen<string[]> s_texts = s_text.Array[0, 3];
    private static readonly Gen<Dictionary<string, string>> s_pairs = Gen.Dictionary(s_text, s_text)[0, 3];
    private static readonly Gen<int?> s_number = Gen.OneOf(Gen.Int.Select(number => (int?)number), Gen.Const((int?)null));

    private static readonly Gen<SubnetRecord> s_subnets =
        from subnet in s_text
        from gateway in s_maybe
        from range in s_maybe
        from auxiliary in s_pairs
        from flag in Gen.Bool
        select new SubnetRecord
        {
            Subnet = subnet, Gateway = gateway, NextHop = gateway, Range = range, Auxiliary = flag ? auxiliary : null, WasThere = flag,
        };

    private static readonly Gen<NetworkRecord> s_networks =
        from name in s_text
        from maybe in s_maybe
        from subnets in s_subnets.Array[0, 3]
        from texts in s_texts
        from labels in s_pairs
        from number in s_number
        from flag in Gen.Bool
        from other in Gen.Bool
        select new NetworkRecord
        {
            Name = name,
            Id = name,
            Device = name,
            Adopted = flag,
            AdoptedUp = other,
            AdoptedRouteLocalnet = flag,
            Subnets = subnets,
            IPv4 = other,
            IPv6 = flag,
            Internal = other,
            Quiet = flag,
            NoMasquerade = other,
            IPv4Mode = name,
            IPv6Mode = name,
            InhibitIPv4 = flag,
            IPv4Source = maybe,
            IPv6Source = maybe,
            HostBinding = maybe,
            TrustedInterfaces = flag ? texts : null,
            Mtu = number,
            MtuFollows = other,
            InterfacePrefix = maybe,
            Announcements = number,
            AnnouncementInterval = number,
            Labels = other ? labels : null,
            AllowForeignForward = flag,
        };

    private static readonly Gen<PortRecord> s_ports =
        from address in s_text
        from number in Gen.Int[0, 65535]
        from sources in s_texts
        from flag in Gen.Bool
        from count in s_number
        select new PortRecord(address, number, number, address, flag ? sources : null, count);

    private static readonly Gen<EndpointRecord> s_endpoints =
        from name in s_text
        from maybe in s_maybe
        from texts in s_texts
        from pairs in s_pairs
        from ports in s_ports.Array[0, 4]
        from number in Gen.Int
        from rate in Gen.OneOf(Gen.Long.Select(value => (long?)value), Gen.Const((long?)null))
        from flag in Gen.Bool
        select new EndpointRecord
        {
            Id = name,
            Name = name,
            Network = name,
            Owner = maybe,
            Sandbox = name,
            SandboxIdentity = name,
            InterfaceName = name,
            HostInterface = name,
            MacAddress = name,
            Addresses = texts,
            Gateways = texts,
            LinkLocalAddresses = flag ? texts : null,
            Routes = flag ? [new RouteRecord(name, maybe)] : null,
            Sysctls = flag ? pairs : null,
            GatewayPriority = number,
            Unwatched = flag,
            IngressRate = rate,
            IngressBurst = rate,
            EgressRate = rate,
            EgressBurst = rate,
            Ports = ports,
            PortsInDoubt = !flag,
        };

    [Fact]
    public void A_networks_record_is_the_witness_word_for_word_and_reads_back() =>
        s_networks.Sample(record => Same(record, new NetworkRecordCodec()));

    [Fact]
    public void An_endpoints_record_is_the_witness_word_for_word_and_reads_back() =>
        s_endpoints.Sample(record => Same(record, new EndpointRecordCodec()));

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
    public void What_the_witness_refuses_is_refused(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);

        Func<object?> witness = () => JsonSerializer.Deserialize<NetworkRecord>(content, s_witness) ?? throw new JsonException();
        Action read = () => RecordStore<NetworkRecord>.Parse("file", content, new NetworkRecordCodec());

        witness.Should().Throw<JsonException>();
        read.Should().Throw<StateException>();
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            _ = RecordStore<EndpointRecord>.Parse("file", bytes, new EndpointRecordCodec());
        }
        catch (StateException)
        {
            // refused
        }
    });

    private static void Same<T>(T record, IRecordCodec<T> codec)
        where T : class, IRecord
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            codec.Write(writer, record);
        }
        Encoding.UTF8.GetString(buffer.WrittenSpan).Should().Be(JsonSerializer.Serialize(record, s_witness));
        RecordStore<T>.Parse("file", buffer.WrittenSpan, codec).Should().BeEquivalentTo(record, options => options.ComparingByMembers<T>());
    }
}
