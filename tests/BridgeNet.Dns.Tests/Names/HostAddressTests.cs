using System.Net;

using CsCheck;

using BridgeNet.Dns.Names;
using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests.Names;

public sealed class HostAddressTests
{
    private static readonly Gen<IPAddress> s_addresses = Gen.OneOf(
        Gen.Byte.Array[4].Select(bytes => new IPAddress(bytes)), Gen.Byte.Array[16].Select(bytes => new IPAddress(bytes)));

    [Fact]
    public void Every_address_reads_back() => s_addresses.Sample(address =>
    {
        byte[] bytes = new byte[HostAddress.Bytes6];
        HostAddress host = HostAddress.Of(address);

        int length = host.Write(bytes);

        bytes[..length].Should().Equal(address.GetAddressBytes());
        HostAddress.Of(bytes.AsSpan(0, length)).Should().Be(host);
        SocketAddress socket = new IPEndPoint(address, 53).Serialize();
        HostAddress.OfSocket(socket.Buffer.Span[..socket.Size]).Should().Be(host);
        host.ToString().Should().Be(address.ToString());
    });

    [Fact]
    public void Every_address_reads_back_from_its_reverse_name() => s_addresses.Sample(address =>
    {
        byte[] bytes = address.GetAddressBytes();
        string name = bytes.Length == 4
            ? string.Join('.', bytes.Reverse()) + ".in-addr.arpa"
            : string.Join('.', Convert.ToHexStringLower(bytes).Reverse()) + ".ip6.arpa";

        ReverseName.TryRead(DomainName.Parse(name), out HostAddress read).Should().BeTrue();

        read.Should().Be(HostAddress.Of(address));
    });

    [Theory]
    [InlineData("10.in-addr.arpa")]
    [InlineData("1.2.3.4.5.in-addr.arpa")]
    [InlineData("1.2.3.256.in-addr.arpa")]
    [InlineData("1.2.3.x.in-addr.arpa")]
    [InlineData("in-addr.arpa")]
    [InlineData("1.0.ip6.arpa")]
    [InlineData("web.dns.podman")]
    public void Other_names_are_no_addresses(string name) => ReverseName.TryRead(DomainName.Parse(name), out _).Should().BeFalse();

    [Fact]
    public void The_end_of_a_label_is_no_suffix()
    {
        byte[] name = [1, (byte)'2', 0x20, .. new byte[0x20 - "\u0007in-addr\u0004arpa"u8.Length], .. "\u0007in-addr\u0004arpa\0"u8];

        ReverseName.TryRead(name, out _).Should().BeFalse();
    }

    [Fact]
    public void Any_name_below_a_suffix_is_read_or_refused() =>
        Gen.Select(DnsGens.Name, Gen.OneOf(Gen.Const("in-addr.arpa"), Gen.Const("ip6.arpa")))
            .Sample((name, suffix) => { _ = ReverseName.TryRead([.. name[..^1], .. DomainName.Parse(suffix)!], out _); });

    [Fact]
    public void Any_name_is_read_or_refused() => DnsGens.Name.Sample(name => { _ = ReverseName.TryRead(name, out _); });
}
