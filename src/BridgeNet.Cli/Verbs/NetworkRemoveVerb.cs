using System.CommandLine;

using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>network rm NETWORK…</c>.</summary>
internal sealed class NetworkRemoveVerb : Verb
{
    private readonly Argument<string[]> _networks = NetworkNames.Several();

    public NetworkRemoveVerb()
        : base(
            "rm",
            "Remove networks that have no endpoints.",
            "bridgenet network rm backend",
            "bridgenet network rm $(bridgenet network ls -q)    all of them") => Add(_networks);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriverToChange(arguments);
        return ForEach(arguments, arguments.GetRequiredValue(_networks), network =>
        {
            driver.RemoveNetwork(NetworkNames.Find(driver, network)?.Name ?? network); // a half-removed network is found by its name only
            arguments.InvocationConfiguration.Output.WriteLine(network);
        });
    }
}
