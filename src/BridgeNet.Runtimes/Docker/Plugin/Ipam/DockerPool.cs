using System.Net;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>A pool of Docker's: a subnet, and which of its addresses Docker has.</summary>
/// <param name="subnet">The subnet. No two pools overlap, so it is what Docker calls the pool by, too.</param>
/// <param name="range">The part of it from which addresses are chosen; null for all of it.</param>
/// <param name="since">When Docker asked for it.</param>
internal sealed class DockerPool(IPNetwork subnet, IPNetwork? range, DateTimeOffset since)
{
    private readonly Dictionary<IPAddress, DateTimeOffset> _taken = [];
    private readonly AddressPool _subnet = new(subnet);
    private readonly AddressPool _range = new(subnet, range: range);
    private IPAddress? _last;

    /// <summary>What Docker calls it by: 172.18.0.0/16.</summary>
    public string Id => _subnet.SubnetText;

    public IPNetwork Subnet => subnet;

    public IPNetwork? Range => range;

    public DateTimeOffset Since => since;

    /// <summary>The addresses that Docker has, and since when.</summary>
    public IReadOnlyDictionary<IPAddress, DateTimeOffset> Taken => _taken;

    /// <summary>Why nobody can have an address; null if somebody can.</summary>
    public string? Refusal(IPAddress address) => _subnet.Refusal(address);

    /// <summary>The addresses for gateways: the first of the subnet is the usual one.</summary>
    public IEnumerable<IPAddress> FreeForGateway() => _subnet.From(after: null).Where(IsFree);

    /// <summary>The addresses for containers, beginning after the last one: a freed address rests as long as there are others.</summary>
    public IEnumerable<IPAddress> FreeForContainer() => _range.From(_last).Where(IsFree);

    public bool IsFree(IPAddress address) => !_taken.ContainsKey(address);

    /// <summary>Takes an address.</summary>
    /// <param name="address">One that is free.</param>
    /// <param name="now">When.</param>
    /// <param name="isChosen">Whether the next choice begins after it.</param>
    public void Take(IPAddress address, DateTimeOffset now, bool isChosen = false)
    {
        _taken.Add(address, now);
        _last = isChosen ? address : _last;
    }

    /// <returns>False if nobody had it.</returns>
    public bool Release(IPAddress address) => _taken.Remove(address);
}
