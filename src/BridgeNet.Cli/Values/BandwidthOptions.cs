using System.CommandLine;

using BridgeNet.Runtimes;

namespace BridgeNet.Cli.Values;

/// <summary>How fast an endpoint may receive and send, as <c>attach</c>, <c>run</c> and <c>limit</c> take it.</summary>
internal sealed class BandwidthOptions
{
    private readonly Option<long?> _ingressRate = Rate("--ingress-rate", "What it may receive, in bits per second, as 10m; by default any.");
    private readonly Option<long?> _ingressBurst = Burst(
        "--ingress-burst", "What it may receive at once after a pause, in bytes; by default what comes in 100 ms.");
    private readonly Option<long?> _egressRate = Rate("--egress-rate", "What it may send, in bits per second, as 10m; by default any.");
    private readonly Option<long?> _egressBurst = Burst(
        "--egress-burst", "What it may send at once after a pause, in bytes; by default what goes in 100 ms.");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_ingressRate);
        command.Add(_ingressBurst);
        command.Add(_egressRate);
        command.Add(_egressBurst);
    }

    /// <summary>What the options say; null if none is there.</summary>
    /// <exception cref="FormatException">A burst is there without its rate.</exception>
    public Bandwidth? Read(ParseResult arguments)
    {
        Bandwidth bandwidth = new()
        {
            IngressRate = arguments.GetValue(_ingressRate),
            IngressBurst = arguments.GetValue(_ingressBurst),
            EgressRate = arguments.GetValue(_egressRate),
            EgressBurst = arguments.GetValue(_egressBurst),
        };
        Demand(_ingressRate, bandwidth.IngressRate, _ingressBurst, bandwidth.IngressBurst);
        Demand(_egressRate, bandwidth.EgressRate, _egressBurst, bandwidth.EgressBurst);
        return bandwidth == new Bandwidth() ? null : bandwidth;
    }

    private static void Demand(Option rateOption, long? rate, Option burstOption, long? burst)
    {
        if (burst is not null && rate is null)
        {
            throw new FormatException($"{burstOption.Name} limits nothing without {rateOption.Name}: give that too");
        }
    }

    private static Option<long?> Rate(string name, string description) =>
        TextOption.Of<long?>(name, "BITS", description, text => Quantity.Parse(text, long.MaxValue, "bits per second"));

    private static Option<long?> Burst(string name, string description) =>
        TextOption.Of<long?>(name, "BYTES", description, text => Quantity.Parse(text, uint.MaxValue, "bytes"));
}
