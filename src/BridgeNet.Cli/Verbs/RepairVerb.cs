using System.CommandLine;

using BridgeNet.Cli.Printing;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>repair</c>: makes the kernel's state what the records say.</summary>
internal sealed class RepairVerb : Verb
{
    public RepairVerb()
        : base(
            "repair",
            "Restore what somebody else took away: rules, elements, bridges, links, addresses, settings. What is right is left alone.",
            "bridgenet repair    prints a line for each thing that it restored, nothing if all is well")
    {
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        return RepairText.Print(driver.Repair(), arguments.InvocationConfiguration);
    }
}
