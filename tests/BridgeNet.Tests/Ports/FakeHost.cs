using BridgeNet.Ports;

namespace BridgeNet.Tests.Ports;

/// <summary>A host whose programs have bound what the test says, and that counts how often it is asked.</summary>
internal sealed class FakeHost : IHostPorts
{
    private readonly HashSet<int> _bound;

    /// <param name="bound">Host ports that a program has bound at every address, for every protocol.</param>
    public FakeHost(params IEnumerable<int> bound) => _bound = [.. bound];

    public bool HasIPv6 { get; init; } = true;

    public EphemeralPorts Ephemeral { get; init; } = new(PortRange.From(40000, 49999));

    public int Probes { get; private set; }

    public PortRefusal? Refusal(PublishedPort port)
    {
        Probes += port.Count;
        return port.Each().FirstOrDefault(one => _bound.Contains(one.HostPort)) is { } bound
            ? new PortRefusal(bound, "another program has bound it")
            : null;
    }
}
