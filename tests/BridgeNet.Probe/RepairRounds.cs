namespace BridgeNet.Probe;

/// <summary>Rounds of repairs of 1,000 endpoints with 10 published ports each.</summary>
internal sealed class RepairRounds : IRounds
{
    private const int Endpoints = 1000, Each = 10, WarmUps = 8;

    private readonly BenchHost _host;
    private readonly NetworkNamespace[] _sandboxes = Sandboxes.Create(Endpoints);

    public RepairRounds(BenchHost host)
    {
        _host = host;
        _ = host.Network.AttachMany([.. _sandboxes.Select((sandbox, number) => (sandbox, BenchHost.Request(number, Each)))]);
        for (int warmUp = 0; warmUp < WarmUps; warmUp++) // until the just-in-time compiler has nothing more to do
        {
            _ = Measure();
        }
    }

    /// <summary>Repairs twice.</summary>
    /// <returns>Milliseconds of a repair after both tables were deleted, and of one that finds nothing to do.</returns>
    public double[] Measure()
    {
        BenchHost.Flush();
        double flushed = Series.Time(() => _host.Driver.Repair());
        _ = _host.Check(Endpoints, Endpoints * Each, _sandboxes[^1]);
        double idle = Series.Time(() => _host.Driver.Repair());
        return [flushed, idle];
    }
}
