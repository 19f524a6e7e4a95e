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
        string[] asked = arguments.GetRequiredValue(_endpoints);
        IReadOnlyList<string> detached = driver.DetachMany(asked);
        foreach (string endpoint in detached)
        {
            arguments.InvocationConfiguration.Output.WriteLine(endpoint);
        }
        return ForEach(arguments, asked.Except(detached, StringComparer.Ordinal), endpoint => throw new EndpointNotFoundException(endpoint));
    }
}
