using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Verbs;

/// <summary>
/// <c>repair</c>: restores the kernel's state from the records; with <c>--rebuild</c>, it first restores the records from the kernel.
/// </summary>
internal sealed class RepairVerb : Verb
{
    private readonly Option<bool> _rebuild = new("--rebuild") { Description = "first make lost and damaged records anew from what the kernel knows" };

    public RepairVerb()
        : base(
            "repair",
            "Restore what somebody else took away: rules, elements, bridges, links, addresses, settings. What is right is left alone.",
            "bridgenet repair              prints a line for each thing that it restored, nothing if all is well",
            "bridgenet repair --rebuild    after the state directory was lost or damaged, before anything else")
    {
        Options.Add(_rebuild);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriver(arguments);
        int status = RepairText.Print(arguments.GetValue(_rebuild) ? driver.Rebuild() : driver.Repair(), arguments.InvocationConfiguration);
        if (DriverNamesChild.EnsureAll(driver, arguments.InvocationConfiguration.Error))
        {
            arguments.InvocationConfiguration.Output.WriteLine("restored names: their server did not run");
        }
        return status;
    }
}
