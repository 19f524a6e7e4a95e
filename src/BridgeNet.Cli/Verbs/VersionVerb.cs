using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>version</c>, where help lists it; alone on the command line it does not get as far as the parser.</summary>
internal sealed class VersionVerb : Verb
{
    public VersionVerb()
        : base("version", "Show the version.", "bridgenet version")
    {
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments) => Product.PrintVersion(arguments.InvocationConfiguration.Output);
}
