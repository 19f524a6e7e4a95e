using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>gc</c>: removes orphaned endpoints and networks.</summary>
internal sealed class GarbageVerb : Verb
{
    public GarbageVerb()
        : base(
            "gc",
            "Remove orphaned endpoints and networks: of processes that died, of namespaces that are gone, of commands that were interrupted.",
            "bridgenet gc    prints the name of each that it ended")
    {
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        TextWriter output = arguments.InvocationConfiguration.Output;
        try
        {
            Print(driver.CollectGarbage(), output);
            return ExitStatus.Done;
        }
        catch (TeardownException error)
        {
            Print(error.Ended, output);
            throw;
        }
    }

    private static void Print(IReadOnlyList<string> ended, TextWriter output)
    {
        foreach (string name in ended)
        {
            output.WriteLine(name);
        }
        output.Flush();
    }
}
