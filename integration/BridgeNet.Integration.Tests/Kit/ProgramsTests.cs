using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Kit;

public sealed class ProgramsTests
{
    [Fact]
    public void Every_witness_is_installed()
    {
        string[] programs = ["ip", "nft", "ping", "curl", "socat", "nginx", "nsenter", "setsid", "unshare", "sh"];

        programs.Select(Programs.Require).Should().OnlyContain(path => File.Exists(path));
    }

    [Fact]
    public void A_program_that_is_not_installed_is_a_failure_that_says_what_to_do()
    {
        Action require = () => Programs.Require("no-such-program");

        require.Should().Throw<InvalidOperationException>().WithMessage("no-such-program is not installed: run ./dev setup");
    }

    [Fact]
    public void Input_reaches_the_program() => Programs.Run("cat", ["-"], "words\n").Output.Should().Be("words\n");
}
