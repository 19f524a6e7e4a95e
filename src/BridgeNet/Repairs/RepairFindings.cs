using BridgeNet.Netlink;

namespace BridgeNet.Repairs;

/// <summary>Collects what a repair finds and does.</summary>
internal sealed class RepairFindings
{
    private readonly List<string> _beyond = [];
    private readonly List<string> _ended = [];
    private readonly List<string> _restored = [];

    /// <summary>The number of things restored or ended so far.</summary>
    public int Count => _restored.Count + _ended.Count;

    /// <summary>Reports something that was wrong and is right now.</summary>
    public void Restored(string thing, IEnumerable<string> faults) => _restored.AddRange(faults.Select(fault => $"{thing}: {fault}"));

    /// <summary>Reports something that was wrong and is right now.</summary>
    public void Restored(IEnumerable<string> lines) => _restored.AddRange(lines);

    /// <summary>Reports an endpoint that was ended.</summary>
    public void Ended(string endpoint) => _ended.Add(endpoint);

    /// <summary>Reports something that stays wrong.</summary>
    public void Beyond(string thing, string why) => _beyond.Add($"{thing}: {why}");

    /// <summary>The report.</summary>
    public RepairReport ToReport() => new()
    {
        Restored = ValueList.From(_restored),
        Ended = ValueList.From(_ended),
        BeyondRepair = ValueList.From(_beyond.Distinct(StringComparer.Ordinal)),
    };
}
