using System.CommandLine;

using BridgeNet.Cli.Values;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>limit ENDPOINT</c>: how fast a live endpoint may receive and send. A limit that is not given is lifted.</summary>
internal sealed class LimitVerb : Verb
{
    private readonly Argument<string> _endpoint = EndpointNames.One();
    private readonly BandwidthOptions _bandwidth = new();
    private readonly Option<bool> _off = new("--off") { Description = "Lift all limits." };

    public LimitVerb()
        : base(
            "limit",
            "Limit how fast an endpoint receives and sends, in place of the limits that it had.",
            "bridgenet limit web --egress-rate 10m                         10 million bits per second out of it",
            "bridgenet limit web --ingress-rate 1g --ingress-burst 2m      and 2 million bytes at once",
            "bridgenet limit web --off")
    {
        Add(_endpoint);
        _bandwidth.AddTo(this);
        Add(_off);
    }

    /// <summary>What is asked for; null for no limits.</summary>
    /// <exception cref="UsageException">Both limits and <c>--off</c> are given, or neither.</exception>
    internal Bandwidth? Bandwidth(ParseResult arguments) => UsageException.Explain(() => (_bandwidth.Read(arguments), arguments.GetValue(_off)) switch
    {
        (null, false) => throw new FormatException("no limit is given: write --ingress-rate, --egress-rate or both, or --off for none"),
        ({ }, true) => throw new FormatException($"{_off.Name} lifts all limits: it goes with none"),
        (Bandwidth bandwidth, false) => bandwidth,
        _ => null,
    });

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        Bandwidth? bandwidth = Bandwidth(arguments);
        using BridgeDriver driver = OpenDriverToChange(arguments);
        Endpoint endpoint = driver.Limit(arguments.GetRequiredValue(_endpoint), bandwidth);
        arguments.InvocationConfiguration.Output.WriteLine(endpoint.Name);
        return ExitStatus.Done;
    }
}
