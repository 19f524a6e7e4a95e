using System.CommandLine;

using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>detach ENDPOINT…</c>.</summary>
internal sealed class DetachVerb : Verb
{
    private readonly Argument<string[]> _endpoints = EndpointNames.Several();

    public DetachVerb()
        : base(
            "detach",
            "Detach endpoints, also when their namespace is gone.",
            "bridgenet detach web",
            "bridgenet detach $(bridgenet ls -q)    all of them") => Add(_endpoints);

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        using BridgeDriver driver = OpenDriverToChange(arguments);
        return ForEach(arguments, arguments.GetRequiredValue(_endpoints), endpoint =>
        {
            if (!driver.Detach(endpoint))
            {
                throw new EndpointNotFoundException(endpoint);
            }
            arguments.InvocationConfiguration.Output.WriteLine(endpoint);
        });
    }
}
