using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class SandboxTests
{
    [Fact]
    public void Where_the_harness_says_that_all_is_there_nothing_is_skipped()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Sandbox.RequiredVariable) is "1", "not started by integration/run");

        Sandbox.Lack.Should().BeNull();
    }

    [Fact]
    public void A_skip_is_one_that_xunit_knows()
    {
        string? xunits = null;

        try
        {
            Assert.Skip("reason");
        }
        catch (Exception skip) // the type is xunit's own affair; its runner looks at the message
        {
            xunits = skip.Message;
        }

        new SkipException("reason").Message.Should().Be(xunits);
    }
}
