using System.ComponentModel;
using System.Net;

using BridgeNet.Netlink;

using CsCheck;

namespace BridgeNet.Tests.Values;

/// <summary>Values that have a text: what they write, they read, from strings, spans and by their type converters.</summary>
public sealed class TextTests
{
    private static readonly Gen<int> s_port = Gen.Int[1, 65535];

    private static readonly Gen<PortRange> s_range = Gen.Select(s_port, s_port).Select((one, other) =>
        PortRange.From(Math.Min(one, other), Math.Max(one, other)));

    private static readonly Gen<IPAddress> s_address = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Select(bytes => new IPAddress(bytes));

    [Fact]
    public void Ranges_of_ports() => s_range.Sample(Reads);

    [Fact]
    public void Published_ports() =>
        Gen.Select(s_address, s_port, s_port, Gen.Int[1, 9], Gen.Enum<TransportProtocol>(), Gen.Bool,
            (address, host, container, count, protocol, isRouted) =>
                new PublishedPort(address, isRouted ? 0 : Math.Min(host, 65000), Math.Min(container, 65000), protocol) { Count = count })
            .Sample(Reads);

    [Fact]
    public void Ports_to_publish() =>
        Gen.Select(s_range, s_address.Where(address => !address.IsIPv4MappedToIPv6), Gen.Bool, Gen.Bool, (range, address, hasAddress, hasPorts) =>
            new PortSpec { HostAddress = hasAddress ? address : null, HostPorts = hasPorts ? range : null, ContainerPorts = range })
            .Sample(Reads);

    [Fact]
    public void Addresses_with_prefixes() =>
        Gen.Select(s_address, Gen.Int[0, 32]).Select((address, length) => new InterfaceAddress(address, length)).Sample(Reads);

    [Fact]
    public void MAC_addresses() => Gen.Byte.Array[6].Select(bytes => MacAddress.From(bytes)).Sample(Reads);

    [Fact]
    public void Names_of_interfaces() => Reads(InterfaceName.Parse("eth0"));

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData("0.0.0.0:8080->80")]
    [InlineData("0.0.0.0:8080-80/tcp")]
    [InlineData("0.0.0.0:8080-8082->80-81/tcp")]
    [InlineData("0.0.0.0:8080->0/tcp")]
    [InlineData(":::8080->80/tcp")]
    [InlineData("127.1:8080->80/tcp")]
    [InlineData("0.0.0.0:8080->80/icmp")]
    [InlineData("0.0.0.0:70000->80/tcp")]
    [InlineData("/->:")]
    [InlineData("0.0.0.0/tcp:80->80")]
    public void What_is_no_published_port_is_refused(string text)
    {
        Action parse = () => PublishedPort.Parse(text);

        parse.Should().Throw<FormatException>().WithMessage($"'{text}' is not a published port*");
        PublishedPort.TryParse(text, null, out _).Should().BeFalse();
    }

    [Fact]
    public void Any_text_is_a_range_or_refused_by_both_ways_alike() => Gen.String[Gen.Char["0123456789-"], 0, 12].Sample(text =>
    {
        Func<PortRange> parse = () => PortRange.Parse(text);
        if (PortRange.TryParse(text, null, out PortRange range))
        {
            parse().Should().Be(range);
        }
        else
        {
            parse.Should().Throw<FormatException>();
        }
    });

    [Theory]
    [InlineData(typeof(SubnetDefinition), "172.18.0.0/16")]
    [InlineData(typeof(GatewayMode), "nat-unprotected")]
    [InlineData(typeof(PortSpec), "127.0.0.1:8080:80/tcp")]
    [InlineData(typeof(PublishedPort), "0.0.0.0:8080->80/tcp")]
    [InlineData(typeof(InterfaceName), "eth0")]
    public void A_type_converter_reads_the_text(Type type, string text)
    {
        TypeConverter converter = TypeDescriptor.GetConverter(type);

        object? value = converter.ConvertFromInvariantString(text);

        value.Should().BeOfType(type);
        (value is SubnetDefinition subnet ? subnet.Subnet.ToString() : converter.ConvertToInvariantString(value)).Should().Be(text);
        converter.Invoking(it => it.ConvertFromInvariantString("?/?")).Should().Throw<FormatException>();
    }

    private static void Reads<T>(T value)
        where T : ISpanParsable<T>
    {
        string text = value.ToString()!;

        T.Parse(text, null).Should().Be(value);
        T.Parse(text.AsSpan(), null).Should().Be(value);
        T.TryParse(text, null, out T? tried).Should().BeTrue();
        tried.Should().Be(value);
        T.TryParse($" {text}?".AsSpan(), null, out _).Should().BeFalse();
        T.TryParse((string?)null, null, out _).Should().BeFalse();
    }
}
