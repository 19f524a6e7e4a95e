namespace BridgeNet.Trials.Chaos;

/// <summary>A command of the binary in the host's namespace.</summary>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables, as NAME=VALUE.</param>
/// <param name="Input">What it reads.</param>
internal sealed record Step(string[] Arguments, string[] Environment, string? Input)
{
    public static Step Of(params string[] arguments) => new(arguments, [], null);

    public override string ToString() => string.Join(' ', [.. Environment, "bridgenet", .. Arguments]);
}
