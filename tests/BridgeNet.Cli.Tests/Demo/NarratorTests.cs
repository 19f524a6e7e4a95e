using BridgeNet.Cli.Demo;

namespace BridgeNet.Cli.Tests.Demo;

public sealed class NarratorTests
{
    [Fact]
    public void Without_a_terminal_or_with_NO_COLOR_it_writes_no_escape_sequence()
    {
        using StringWriter output = new();
        Narrator narrator = new(output, isPlain: true);

        narrator.Tick("done");
        narrator.Problem("wrong");
        narrator.Note("a remark");
        narrator.Say("a line");

        output.ToString().Should().Be("✓ done\n✗ wrong\n  a remark\na line\n");
    }
}
