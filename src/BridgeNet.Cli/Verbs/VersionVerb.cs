using System.CommandLine;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>version</c>, for the help; <see cref="Program"/> answers it without the parser.</summary>
internal sealed class VersionVerb : Verb
{
    public VersionVerb()
        : base("version", "Show the version.", "bridgenet version")
    {
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments) => Product.PrintVersion(arguments.InvocationConfiguration.Output);
}
