using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class SandboxTests
{
    [Fact]
    public void A_harness_that_promises_everything_allows_no_skip()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Sandbox.RequiredVariable) is "1", "not started by integration/run");

        Sandbox.Lack.Should().BeNull();
    }

    [Fact]
    public void A_skip_has_the_message_of_xunit_s_own()
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
