using System.CommandLine;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>watch</c>: repairs after every change until a signal ends it.</summary>
internal sealed class WatchVerb : Verb
{
    public WatchVerb()
        : base(
            "watch",
            "Repair now, and whenever the kernel tells that somebody changed something, until a signal ends it.",
            "bridgenet watch    prints what each repair did; nft flush ruleset breaks no connection while it runs")
    {
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using EndSignals end = new();
        using BridgeDriver driver = OpenDriver(arguments);
        _ = DriverNamesChild.EnsureAll(driver, arguments.InvocationConfiguration.Error);
        WatchAsync(driver, arguments.InvocationConfiguration, end.Token).GetAwaiter().GetResult();
        return ExitStatus.Done;
    }

    private static async Task WatchAsync(BridgeDriver driver, InvocationConfiguration streams, CancellationToken end)
    {
        try
        {
            await foreach (RepairReport report in driver.WatchAsync(end).ConfigureAwait(false))
            {
                _ = RepairText.Print(report, streams);
                _ = DriverNamesChild.EnsureAll(driver, streams.Error);
            }
        }
        catch (OperationCanceledException)
        {
            // the signal came
        }
    }
}
