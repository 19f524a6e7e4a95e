using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Runtimes.Tests.Netavark;

public sealed class NetavarkArgumentsTests
{
    private static readonly Dictionary<string, string> s_nothing = new(StringComparer.Ordinal);

    [Fact]
    public void The_words_of_podman_are_read()
    {
        NetavarkArguments call = NetavarkArguments.Parse(
            ["--config", "/run/networks", "--rootless=false", "--aardvark-binary=/usr/lib/podman/aardvark-dns", "setup", "/run/netns/x"],
            With("NETAVARK_DNS_PORT", "5353"));

        call.Verb.Should().Be("setup");
        call.Operand.Should().Be("/run/netns/x");
        call.Options.Should().Be(
            new NetavarkOptions { Directory = "/run/networks", NameServer = "/usr/lib/podman/aardvark-dns", DnsPort = 5353 });
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("setup --help")]
    [InlineData("help")]
    public void Help_is_a_verb_and_an_option(string words) =>
        NetavarkArguments.Parse(words.Split(' '), s_nothing).Verb.Should().Be("help");

    [Fact]
    public void Short_options_are_those_of_netavark()
    {
        string words = "-c /run/networks -f /tmp/request.json -a /x -r true --plugin-directory /p --plugin-directory=/q setup /n";

        NetavarkOptions options = NetavarkArguments.Parse(words.Split(' '), s_nothing).Options;

        options.Should().Be(new NetavarkOptions
        {
            Directory = "/run/networks",
            RequestFile = "/tmp/request.json",
            NameServer = "/x",
            PluginDirectories = ["/p", "/q"],
        });
    }

    [Theory]
    [InlineData("none", "", "None")]
    [InlineData("", "none", "None")]
    [InlineData("nftables", "none", "Nftables")]
    [InlineData("", "iptables", "Iptables")]
    [InlineData("", "firewalld", "Firewalld")]
    [InlineData("", "NFTables", "Nftables")]
    [InlineData("", "", "Nftables")]
    public void The_option_outweighs_the_environment(string option, string variable, string driver)
    {
        string[] words = option.Length > 0 ? ["--firewall-driver", option, "version"] : ["version"];

        NetavarkArguments call = NetavarkArguments.Parse(words, With("NETAVARK_FW", variable));

        call.Options.Firewall.ToString().Should().Be(driver);
    }

    [Fact]
    public void Servers_of_an_update_are_a_list_that_may_be_empty()
    {
        NetavarkArguments.Parse(["update", "net1", "--network-dns-servers", "1.1.1.1,fd00::1"], s_nothing).Servers
            .Should().Equal("1.1.1.1", "fd00::1");
        NetavarkArguments.Parse(["update", "net1", "--network-dns-servers", ""], s_nothing).Servers.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("setup")]
    [InlineData("setup /run/netns/x y")]
    [InlineData("update net1")]
    [InlineData("version x")]
    [InlineData("--colour setup /run/netns/x")]
    [InlineData("--config")]
    public void Words_that_make_no_sense_are_refused(string words)
    {
        Action parse = () => NetavarkArguments.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), s_nothing);

        parse.Should().Throw<NetavarkUsageException>();
    }

    [Theory]
    [InlineData("NETAVARK_FW", "ipfw", "*got ipfw*")]
    [InlineData("NETAVARK_DNS_PORT", "x", "Invalid NETAVARK_DNS_PORT x*")]
    [InlineData("NETAVARK_DNS_PORT", "0", "Invalid NETAVARK_DNS_PORT 0*")]
    public void Values_that_cannot_be_are_named(string variable, string value, string message)
    {
        Action parse = () => NetavarkArguments.Parse(["version"], With(variable, value));

        parse.Should().Throw<NetavarkException>().WithMessage(message);
    }

    private static Dictionary<string, string> With(string variable, string value) => new(StringComparer.Ordinal) { [variable] = value };
}
