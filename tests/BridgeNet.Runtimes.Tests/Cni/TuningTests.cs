using BridgeNet.TestKit;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>tuning and its backup of the link's former properties.</summary>
public sealed class TuningTests
{
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
