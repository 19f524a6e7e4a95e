using Spectre.Console;

namespace BridgeNet.Cli.Printing;

/// <summary>Tables for people. On a terminal they fit its width; in a file or pipe each row is one whole line.</summary>
internal static class TextTable
{
    /// <summary>Wide enough for any row, so that nothing wraps without a terminal.</summary>
    private const int UnboundedWidth = 10_000;

    /// <summary>Blanks between two columns.</summary>
    private const int Gap = 2;

    /// <summary>Prints a table.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="heads">The columns' heads; the first column is never wrapped, so that an id can be copied.</param>
    /// <param name="rows">A cell a column.</param>
    public static void Print(TextWriter output, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = TableBorder.None };
        foreach (string head in heads)
        {
            _ = table.AddColumn(new TableColumn(new Text(head)) { NoWrap = table.Columns.Count == 0, Padding = new Padding(0, 0, Gap, 0) });
        }
        foreach (IReadOnlyList<string> row in rows)
        {
            _ = table.AddRow(row.Select(cell => new Text(cell)));
        }

        IAnsiConsole console = ConsoleOf(output);
        if (console.Profile.Out.IsTerminal)
        {
            console.Write(table);
        }
        else
        {
            output.Write(Plain(table));
        }
    }

    private static IAnsiConsole ConsoleOf(TextWriter output) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    private static string Plain(Table table)
    {
        using StringWriter text = new();
        IAnsiConsole console = ConsoleOf(text);
        console.Profile.Width = UnboundedWidth;
        console.Write(table);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }
}
