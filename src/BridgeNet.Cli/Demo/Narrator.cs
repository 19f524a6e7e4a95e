using Spectre.Console;

namespace BridgeNet.Cli.Demo;

/// <summary>Tells the demo's story: a line with a tick for each thing that was done and then read back.</summary>
internal sealed class Narrator
{
    /// <summary>Wide enough that nothing wraps without a terminal.</summary>
    private const int UnboundedWidth = 10_000;

    private static readonly Style s_bad = new(Color.Red);
    private static readonly Style s_good = new(Color.Green);
    private static readonly Style s_faint = new(decoration: Decoration.Dim);

    private readonly IAnsiConsole _console;

    /// <summary>Tells it to a writer, without colours unless that is a terminal; NO_COLOR is heeded (https://no-color.org).</summary>
    public Narrator(TextWriter output)
        : this(output, isPlain: Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")))
    {
    }

    internal Narrator(TextWriter output, bool isPlain)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(output),
        });
        if (!_console.Profile.Out.IsTerminal)
        {
            _console.Profile.Width = UnboundedWidth;
        }
    }

    /// <summary>Prints a check that holds.</summary>
    public void Tick(string text) => Line("✓ ", s_good, text, Style.Plain);

    /// <summary>Prints a check that failed.</summary>
    public void Problem(string text) => Line("✗ ", s_bad, text, Style.Plain);

    /// <summary>Prints a remark.</summary>
    public void Note(string text) => Line("  ", Style.Plain, text, s_faint);

    /// <summary>Prints a plain line.</summary>
    public void Say(string text) => Line(string.Empty, Style.Plain, text, Style.Plain);

    private void Line(string sign, Style signStyle, string text, Style style)
    {
        foreach (string line in text.Split('\n'))
        {
            _console.Write(new Paragraph().Append(sign, signStyle).Append(line, style));
            _console.WriteLine();
        }
    }
}
