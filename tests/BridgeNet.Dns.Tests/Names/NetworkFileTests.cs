using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Tests.Names;

public sealed class NetworkFileTests
{
    [Fact]
    public void A_file_of_netavark_is_read()
    {
        const string Text = """
            10.89.3.1,fd10:88:a::1 127.0.0.1,3.3.3.3
            68fb291b 10.89.3.2 fd10:88:a::2 one,web,68fb291b0318
            95655fb6 10.89.3.3,10.89.3.4  two,web 8.8.8.8,1.1.1.1
            c1  fd10:88:a::5 three

            """;

        NetworkFile.TryParse("n1", Text, out NetworkFile? file, out _).Should().BeTrue();

        (file!.Network, file.IsInternal).Should().Be(("n1", false));
        file.ListenAddresses.Select(address => $"{address}").Should().Equal("10.89.3.1", "fd10:88:a::1");
        file.Servers.Select(address => $"{address}").Should().Equal("127.0.0.1", "3.3.3.3");
        file.Containers.Select(container => container.Id).Should().Equal("68fb291b", "95655fb6", "c1");
        file.Containers[0].Addresses.Select(address => $"{address}").Should().Equal("10.89.3.2", "fd10:88:a::2");
        file.Containers[1].Addresses.Should().HaveCount(2);
        file.Containers[1].Servers.Select(address => $"{address}").Should().Equal("8.8.8.8", "1.1.1.1");
        file.Containers[2].Names.Should().Equal("three");
    }

    [Fact]
    public void An_internal_network_is_known_by_its_file()
    {
        NetworkFile.TryParse("n1%int", "10.89.3.1\n", out NetworkFile? file, out _).Should().BeTrue();

        (file!.Network, file.IsInternal).Should().Be(("n1", true));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("foo\n", "line 1: foo is no address")]
    [InlineData("1\n", "line 1: 1 is no address")]
    [InlineData("10.89.3.01\n", "line 1: 10.89.3.01 is no address")]
    [InlineData("10.89.3.1 foo\n", "line 1: foo is no address")]
    [InlineData("10.89.3.1\nid 10.89.3.2 web\n", "line 2: it has 3 fields instead of 4: id, IPv4 addresses, IPv6 addresses, names")]
    [InlineData("10.89.3.1\nid x  web\n", "line 2: x is no address")]
    [InlineData("10.89.3.1\nid 10.89.3.2  web y\n", "line 2: y is no address")]
    public void A_bad_file_is_refused_with_its_line(string text, string expected)
    {
        NetworkFile.TryParse("n1", text, out _, out string? reason).Should().BeFalse();

        reason.Should().Be(expected);
    }
}
