using System.Diagnostics;
using System.Net;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>A pool of Docker's: a subnet, and which of its addresses Docker has.</summary>
/// <param name="subnet">The subnet. No two pools overlap, so it is what Docker calls the pool by, too.</param>
/// <param name="range">The part of it from which addresses are chosen; null for all of it.</param>
internal sealed class DockerPool(IPNetwork subnet, IPNetwork? range)
{
    private readonly HashSet<IPAddress> _taken = [];
    private readonly Dictionary<IPAddress, long> _missed = [];
    private readonly AddressPool _subnet = new(subnet);
    private readonly AddressPool _range = new(subnet, range: range);
    private IPAddress? _last;

    /// <summary>What Docker calls it by: 172.18.0.0/16.</summary>
    public string Id => _subnet.SubnetText;

    public IPNetwork Subnet => subnet;

    public IPNetwork? Range => range;

    /// <summary>Whether a network of our driver has had it. Of other drivers' networks nobody here knows whether they still are.</summary>
    public bool IsOurs { get; set; }

    /// <summary>The addresses that Docker has.</summary>
    public IReadOnlyCollection<IPAddress> Taken => _taken;

    /// <summary>Why nobody can have an address; null if somebody can.</summary>
    public string? Refusal(IPAddress address) => _subnet.Refusal(address);

    /// <summary>The addresses for gateways: the first of the subnet is the usual one.</summary>
    public IEnumerable<IPAddress> FreeForGateway() => _subnet.From(after: null).Where(IsFree);

    /// <summary>The addresses for containers, beginning after the last one: a freed address rests as long as there are others.</summary>
    public IEnumerable<IPAddress> FreeForContainer() => _range.From(_last).Where(IsFree);

    public bool IsFree(IPAddress address) => !_taken.Contains(address);

    /// <summary>Takes an address that is free.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isChosen">Whether the next choice begins after it.</param>
    public void Take(IPAddress address, bool isChosen = false)
    {
        _ = _taken.Add(address);
        _last = isChosen ? address : _last;
    }

    /// <summary>Frees an address.</summary>
    public void Release(IPAddress address)
    {
        _ = _taken.Remove(address);
        _ = _missed.Remove(address);
    }

    /// <summary>Notes that no endpoint has an address that Docker has.</summary>
    /// <returns>For how long now it has been seen so.</returns>
    public TimeSpan Miss(IPAddress address)
    {
        _ = _missed.TryAdd(address, Stopwatch.GetTimestamp());
        return Stopwatch.GetElapsedTime(_missed[address]);
    }

    /// <summary>Notes that an endpoint has an address.</summary>
    public void Meet(IPAddress address) => _ = _missed.Remove(address);
}
