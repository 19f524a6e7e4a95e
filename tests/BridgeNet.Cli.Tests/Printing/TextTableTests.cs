using BridgeNet.Cli.Printing;

namespace BridgeNet.Cli.Tests.Printing;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_lines_end_without_blanks() =>
        Print(["ID", "NAME"], ["1", "a-long-name"], ["22", "b"]).Should().Be(
            """
            ID  NAME
            1   a-long-name
            22  b

            """);

    [Fact]
    public void A_table_for_a_file_is_neither_wrapped_nor_cut_off()
    {
        string wide = new('x', 500);

        Print(["A", "B"], [wide, wide]).Split('\n')[1].Should().Be($"{wide}  {wide}");
    }

    [Fact]
    public void Text_that_looks_like_markup_is_printed_as_it_is() => Print(["A"], ["[red]x[/]"]).Should().Contain("[red]x[/]");

    private static string Print(string[] heads, params string[][] rows)
    {
        using StringWriter output = new();
        TextTable.Print(output, heads, rows);
        return output.ToString();
    }
}
