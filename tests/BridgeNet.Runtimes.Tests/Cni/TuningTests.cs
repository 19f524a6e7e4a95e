using BridgeNet.TestKit;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>tuning and its backup of the link's former properties.</summary>
public sealed class TuningTests
{
    [Theory]
    [InlineData("""{"net.core.somaxconn":"1","net.core.somaxconn":"2"}""", "net.core.somaxconn")]
    [InlineData("""{"net.core.somaxconn":"1","net/core/somaxconn":"2"}""", "net/core/somaxconn")]
    [InlineData("""{"net.ipv4.conf.IFNAME.log_martians":"1","net.ipv4.conf.eth0.log_martians":"1"}""", "net.ipv4.conf.eth0.log_martians")]
    public void A_setting_that_is_given_twice_is_refused(string settings, string named)
    {
        const string Previous = """{"cniVersion":"1.0.0","ips":[]}""";
        string keys = $"\"cniVersion\":\"1.0.0\",\"name\":\"net1\",\"type\":\"tuning\",\"prevResult\":{Previous}";

        string own = new PluginCall("tuning").Fail($"{{{keys},\"sysctl\":{settings}}}").Message;
        string asked = new PluginCall("tuning").Fail($"{{{keys},\"args\":{{\"cni\":{{\"sysctl\":{settings}}}}}}}").Message;

        own.Should().EndWith($"{named} is given twice");
        asked.Should().EndWith($"{named} is given twice");
    }

    [Fact]
    public void A_backup_that_cannot_be_read_fails_one_DEL_and_not_the_next()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.At("c1_eth0.json"), "{");
        PluginCall call = new("tuning")
        {
            ["CNI_COMMAND"] = "DEL",
            ["CNI_NETNS"] = "/proc/self/ns/net", // nothing in it is touched: the backup comes first
            ["CNI_NETNS_OVERRIDE"] = "1",
        };
        string configuration = $$"""{"cniVersion":"1.0.0","name":"net1","type":"tuning","dataDir":"{{scratch.Path}}"}""";

        int code = call.Fail(configuration).Code;

        code.Should().Be(6);
        File.Exists(scratch.At("c1_eth0.json")).Should().BeFalse();
        call.RunOk(configuration).Should().BeNull();
    }
}
