using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>Containers that one netavark set up and another one takes down: Debian 12's 1.4, which knows iptables alone, 1.17, and ours.</summary>
public sealed class NetavarkUpgradeTests
{
    private const string Old = "1.4", Later = "1.17", Ours = "ours";
    private const string Nftables = "nftables", Iptables = "iptables";

    /// <summary>Calls that 1.4 takes, too.</summary>
    private static NetavarkCall[] Kinds => [.. NetavarkTests.Kinds.Where(call => !call.ToString().Contains("strict", StringComparison.Ordinal))];

    /// <summary>Who sets up, by which driver, and the driver of ours, which takes down.</summary>
    public static TheoryData<string, string, string> Setups
    {
        get
        {
            TheoryData<string, string, string> setups = [];
            foreach (string driver in (string[])[Nftables, Iptables])
            {
                setups.Add(Old, Iptables, driver);
                setups.Add(Later, Iptables, driver);
                setups.Add(Later, Nftables, driver);
                setups.Add(Ours, Iptables, driver);
                setups.Add(Ours, Nftables, driver);
            }
            setups.Add(Later, Nftables, "none");
            setups.Add(Later, Iptables, "none");
            return setups;
        }
    }

    [Theory]
    [MemberData(nameof(Setups))]
    public void Ours_leaves_nothing_of_what_any_of_them_set_up(string first, string firstDriver, string driver)
    {
        using NetavarkHost host = new();
        string links = host.Links;
        SetUp(host, first, firstDriver);

        foreach (NetavarkCall call in Kinds)
        {
            Call(host, Ours, driver, "teardown", call).OrThrow();
        }

        host.Remains.Should().BeEmpty();
        host.Links.Should().Be(links);
        host.Podman.Shell("ls /run/networks/firewall/ports /run/networks/firewall/networks").Output.Should().NotContain("f259bab9");
    }

    [Theory]
    [InlineData(Iptables, Old, Iptables)]
    [InlineData(Iptables, Later, Iptables)]
    [InlineData(Iptables, Later, Nftables)]
    [InlineData(Nftables, Old, Iptables)]
    [InlineData(Nftables, Later, Iptables)]
    [InlineData(Nftables, Later, Nftables)]
    public void Netavark_takes_as_much_of_ours_down_as_of_its_own(string firstDriver, string second, string driver)
    {
        using NetavarkHost own = new(), ours = new();
        SetUp(own, Later, firstDriver);
        SetUp(ours, Ours, firstDriver);

        foreach (NetavarkCall call in Kinds)
        {
            Call(own, second, driver, "teardown", call);
            Call(ours, second, driver, "teardown", call);
        }

        ours.Remains.Should().BeSubsetOf(own.Remains);
        ours.Links.Should().Be(own.Links);
        if (second is Later && string.Equals(driver, firstDriver, StringComparison.Ordinal))
        {
            ours.Remains.Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData(Iptables, Nftables)]
    [InlineData(Nftables, Iptables)]
    public void A_setup_takes_away_what_was_left_by_the_other_driver(string left, string driver)
    {
        using NetavarkHost host = new();
        SetUp(host, Later, left);
        foreach (NetavarkCall call in Kinds)
        {
            Call(host, Later, driver, "teardown", call);
        }
        host.Remains.Should().NotBeEmpty("netavark leaves them");

        foreach (NetavarkCall call in Kinds)
        {
            Call(host, Ours, driver, "setup", call).OrThrow();
        }

        (driver is Iptables ? host.Podman.ShellOk("nft list table inet netavark") : host.IptablesRules)
            .Should().NotContain("10.89.").And.NotContain("fd00:");
        foreach (NetavarkCall call in Kinds)
        {
            Call(host, Ours, driver, "teardown", call).OrThrow();
        }
        host.Remains.Should().BeEmpty();
    }

    [Theory]
    [InlineData(Nftables)]
    [InlineData(Iptables)]
    public void A_network_keeps_its_rules_while_a_container_of_an_older_netavark_is_on_it(string driver)
    {
        using NetavarkHost host = new();
        NetavarkCall former = new NetavarkCall(1).On(1).Publish("- 8080 80 1 tcp"), next = new NetavarkCall(2).On(1).Publish("- 8081 80 1 tcp");
        host.AddSandbox(former);
        host.AddSandbox(next);
        Call(host, Old, Iptables, "setup", former).OrThrow();
        host.Podman.ShellOk("mkdir -p /run/www && echo old > /run/www/index.html");
        host.Inside(former, "/bin/busybox httpd -p 80 -h /run/www").OrThrow();

        Call(host, Ours, driver, "setup", next).OrThrow();
        host.World.Router.Curl("http://192.0.2.1:8080/").OrThrow().Output.Should().Be("old\n");
        Call(host, Ours, driver, "teardown", next).OrThrow();

        host.World.Router.Curl("http://192.0.2.1:8080/").OrThrow().Output.Should().Be("old\n");
        host.Podman.ShellOk("killall busybox");
        Call(host, Ours, driver, "teardown", former).OrThrow();
        host.Remains.Should().BeEmpty();
    }

    private static void SetUp(NetavarkHost host, string who, string driver)
    {
        foreach (NetavarkCall call in Kinds)
        {
            host.AddSandbox(call);
            Call(host, who, driver, "setup", call).OrThrow();
        }
    }

    private static CommandResult Call(NetavarkHost host, string who, string driver, string verb, NetavarkCall call)
    {
        host.Driver = driver;
        return who is Old ? host.CallOld(verb, call) : host.Call(who is Ours, verb, call);
    }
}
