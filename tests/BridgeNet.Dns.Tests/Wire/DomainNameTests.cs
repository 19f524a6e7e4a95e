using System.Text;

using CsCheck;

using BridgeNet.Dns.Wire;

namespace BridgeNet.Dns.Tests.Wire;

public sealed class DomainNameTests
{
    [Fact]
    public void Every_name_is_read_whole() =>
        DnsGens.Name.Sample(name =>
        {
            byte[] read = new byte[DomainName.MostBytes];
            int position = 0;

            DomainName.TryRead(name, ref position, read, out int length).Should().BeTrue();

            position.Should().Be(name.Length);
            read[..length].Should().Equal(name);
        });

    [Theory]
    [InlineData("web", "web.")]
    [InlineData("Web.DNS.podman.", "web.dns.podman.")]
    [InlineData("a_b-c", "a_b-c.")]
    [InlineData("ü", "\\195\\188.")]
    public void A_text_is_parsed_and_made_small(string text, string expected) => DomainName.ToText(DomainName.Parse(text)!).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")] // 64, as a full container id
    public void A_text_that_is_no_name_is_refused(string text) => DomainName.Parse(text).Should().BeNull();

    [Fact]
    public void The_longest_name_has_255_bytes()
    {
        string longest = string.Join('.', Enumerable.Repeat(new string('a', 63), 3).Append(new string('b', 61)));

        DomainName.Parse(longest)!.Length.Should().Be(DomainName.MostBytes);
        DomainName.Parse(longest + "b").Should().BeNull();
    }

    [Theory]
    [InlineData("c00c", "a pointer to itself")]
    [InlineData("c00e00", "a pointer forward")]
    [InlineData("0161c00c", "a pointer to the name's own beginning")]
    [InlineData("c0", "half a pointer")]
    [InlineData("05616200", "a label that ends behind the message")]
    [InlineData("4161", "a label of 65 bytes")]
    [InlineData("8161", "a label of a type that was never used")]
    [InlineData("0161", "no end")]
    [InlineData("", "nothing")]
    public void A_name_that_goes_astray_is_refused(string hex, string why)
    {
        byte[] message = [.. new byte[MessageHeader.Size], .. Convert.FromHexString(hex)];
        int position = MessageHeader.Size;

        DomainName.TryRead(message, ref position, new byte[DomainName.MostBytes], out _).Should().BeFalse(why);
    }

    [Fact]
    public void Pointers_may_follow_each_other_backwards()
    {
        byte[] message = [1, (byte)'c', 0, 1, (byte)'b', 0xc0, 0, 1, (byte)'a', 0xc0, 3, 0xff];
        int position = 7;
        byte[] name = new byte[DomainName.MostBytes];

        DomainName.TryRead(message, ref position, name, out int length).Should().BeTrue();

        DomainName.ToText(name.AsSpan(0, length)).Should().Be("a.b.c.");
        position.Should().Be(11);
    }

    [Fact]
    public void Pointers_that_would_make_a_name_too_long_are_refused()
    {
        byte[] label = [63, .. Encoding.ASCII.GetBytes(new string('x', 63))];
        byte[] message = [.. label, .. label, .. label, .. label[..1], .. new byte[63], 0, 0xc0, 0];
        int position = message.Length - 2;

        DomainName.TryRead(message, ref position, new byte[DomainName.MostBytes], out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("web.dns.podman", "dns.podman", true)]
    [InlineData("dns.podman", "dns.podman", true)]
    [InlineData("xdns.podman", "dns.podman", false)]
    [InlineData("podman", "dns.podman", false)]
    [InlineData("dns.podman.org", "dns.podman", false)]
    public void A_name_is_within_those_it_ends_in(string name, string ancestor, bool expected) =>
        DomainName.IsWithin(DomainName.Parse(name), DomainName.Parse(ancestor)).Should().Be(expected);
}
