using Spectre.Console;

namespace BridgeNet.Cli.Printing;

/// <summary>Tables for people: drawn to a terminal's width, and one line a row, nothing cut off, when they go to a file or pipe.</summary>
internal static class TextTable
{
    /// <summary>Wide enough for any row, so that nothing wraps where no terminal sets the width.</summary>
    private const int UnboundedWidth = 10_000;

    /// <summary>Prints a table.</summary>
    public static void Print(TextWriter output, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = TableBorder.None, Expand = false };
        foreach (string head in heads)
        {
            _ = table.AddColumn(new TableColumn(new Text(head)) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }
        foreach (IReadOnlyList<string> row in rows)
        {
            _ = table.AddRow(row.Select(cell => new Text(cell)));
        }
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = UnboundedWidth;
        }
        console.Write(table);
    }
}
