using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Tests.Running;

public sealed class ProcessStatusTests
{
    [Theory]
    [InlineData("17 (sh) S 5 17 4 34816 17 4194304 0", 17, 5, 17, 17, true)]
    [InlineData("17 (a) b (c) R 1 9 4 0 -1 0", 17, 1, 9, -1, false)]
    public void A_stat_line_is_read_even_if_the_program_s_name_has_blanks_and_brackets(
        string line, int id, int parent, int group, int foreground, bool isForeground)
    {
        ProcessStatus status = ProcessStatus.Parse(line);

        status.Should().Be(new ProcessStatus(id, parent, group, foreground));
        status.IsForeground.Should().Be(isForeground);
    }

    [Theory]
    [InlineData("")]
    [InlineData("17 (sh")]
    [InlineData("17 (sh) S 5")]
    public void A_line_of_another_form_is_refused(string line)
    {
        Action parse = () => ProcessStatus.Parse(line);

        parse.Should().Throw<FormatException>();
    }

    [Fact]
    public void The_current_process_has_an_id_and_a_parent()
    {
        ProcessStatus.Current().Id.Should().Be(Environment.ProcessId);
        ProcessStatus.Current().ParentId.Should().BePositive();
    }
}
