using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// Docker's remote IPAM driver: it chooses subnets that nobody on the host has, and addresses in them. It serves networks of any driver. Docker that
/// died with its host gives back what its dead containers had when it starts again, which it does for no IPAM driver of its own.
/// </summary>
/// <param name="driver">The driver, which knows the host's subnets and the endpoints.</param>
/// <param name="store">The pools on disk.</param>
/// <param name="longestWait">
/// How long an address may be without an endpoint, while Docker makes or ends one. Of one that is so for longer, Docker died in between.
/// </param>
internal sealed class IpamDriver(BridgeDriver driver, PoolStore store, TimeSpan longestWait)
{
    private const string AddressType = "RequestAddressType", GatewayType = "com.docker.network.gateway";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DockerPool> _pools = store.Load()
        .OrderByDescending(pool => pool.Taken.Count)
        .DistinctBy(pool => pool.Subnet)
        .ToDictionary(pool => pool.Id, StringComparer.Ordinal);

    /// <summary>Gives a pool: the subnet that is asked for, or a free one.</summary>
    public PluginAnswer RequestPool(PluginRequest request)
    {
        foreach ((string key, string value) in PluginRequest.Texts(request.Root, "Options"))
        {
            throw new FormatException($"--ipam-opt {key}={value}: there are no such options: leave it out");
        }
        string asked = PluginRequest.Text(request.Root, "Pool"), range = PluginRequest.Text(request.Root, "SubPool");
        AddressFamily family = PluginRequest.Flag(request.Root, "V6") ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        SubnetDefinition? wanted = asked.Length == 0 ? null : SubnetDefinition.Parse(asked);
        IPNetwork? part = range.Length == 0 ? null : AddressText.ParseNetwork(range);
        lock (_lock)
        {
            IPNetwork subnet = wanted is null ? Choose(family, prefixLength: null)
                : AddressBlock.SizeAskedFor(wanted.Subnet) is { } size ? Choose(wanted.Subnet.BaseAddress.AddressFamily, size)
                : Name(wanted.Subnet);
            CheckRange(subnet, part);
            DockerPool pool = new(subnet, part);
            store.Add(pool);
            _pools.Add(pool.Id, pool);
            return PluginAnswer.Of(answer =>
            {
                answer.WriteString("PoolID", pool.Id);
                answer.WriteString("Pool", pool.Id);
            }) with
            { Undo = () => Remove(pool) };
        }
    }

    /// <summary>Takes a pool back, with all of its addresses. Docker does so before the network's driver hears that the network ends.</summary>
    public PluginAnswer ReleasePool(PluginRequest request)
    {
        lock (_lock)
        {
            if (_pools.TryGetValue(PluginRequest.Text(request.Root, "PoolID"), out DockerPool? pool))
            {
                Remove(pool);
            }
        }
        return PluginAnswer.Done;
    }

    /// <summary>Gives an address of a pool: the one that is asked for, or a free one.</summary>
    public PluginAnswer RequestAddress(PluginRequest request)
    {
        string asked = PluginRequest.Text(request.Root, "Address"), id = PluginRequest.Text(request.Root, "PoolID");
        bool isForGateway = PluginRequest.Text(PluginRequest.Member(request.Root, "Options"), AddressType) is GatewayType;
        IPAddress? wanted = asked.Length == 0 ? null : AddressText.ParseAddress(asked);
        lock (_lock)
        {
            DockerPool pool = _pools.GetValueOrDefault(id) ?? Recall(id) ?? throw new FormatException(
                $"the plugin has no record of the pool {id}, for its state directory was lost or is another one: remove the network and make it "
                    + "again, or start the plugin with the former --state-dir");
            IPAddress address = wanted is not null ? NameIn(pool, wanted) : isForGateway ? ChooseGatewayIn(pool) : ChooseIn(pool);
            store.Take(pool, address);
            pool.Take(address, isChosen: wanted is null && !isForGateway);
            return PluginAnswer.Of(answer => answer.WriteString("Address", $"{address}/{pool.Subnet.PrefixLength}")) with
            {
                Undo = () => Release(pool, address),
            };
        }
    }

    /// <summary>Takes an address back.</summary>
    public PluginAnswer ReleaseAddress(PluginRequest request)
    {
        IPAddress address = AddressText.ParseAddress(PluginRequest.Text(request.Root, "Address").Split('/')[0]);
        lock (_lock)
        {
            if (_pools.TryGetValue(PluginRequest.Text(request.Root, "PoolID"), out DockerPool? pool))
            {
                Release(pool, address);
            }
        }
        return PluginAnswer.Done;
    }

    private IPNetwork Choose(AddressFamily family, int? prefixLength)
    {
        if (FindFree() is not { } free)
        {
            Array.ForEach([.. _pools.Values.Where(IsForgotten)], Remove);
            free = FindFree() ?? throw new FormatException(
                "every subnet of the usual pools is taken, by a network or by a route of the host: name one with --subnet");
        }
        return free;

        IPNetwork? FindFree() => driver.FindFreeSubnet(family, prefixLength, [.. _pools.Values.Select(pool => pool.Subnet)]);
    }

    private IPNetwork Name(IPNetwork subnet)
    {
        AddressBlock block = AddressBlock.Of(subnet);
        foreach (DockerPool other in _pools.Values.Where(pool => AddressBlock.Of(pool.Subnet).Overlaps(block)).ToArray())
        {
            if (!IsForgotten(other))
            {
                throw new FormatException($"the subnet {subnet} overlaps {other.Id}, which another network has: choose another one");
            }
            Remove(other);
        }
        foreach (Network network in driver.Networks)
        {
            if (network.Definition.Subnets.FirstOrDefault(theirs => AddressBlock.Of(theirs.Subnet).Overlaps(block)) is { } taken)
            {
                throw new FormatException($"the subnet {subnet} overlaps {taken.Subnet}, which network {network.Name} has: choose another one");
            }
        }
        return subnet;
    }

    private static IPAddress ChooseGatewayIn(DockerPool pool) => pool.FreeForGateway().FirstOrDefault() ?? throw Full(pool);

    /// <summary>
    /// An address that neither Docker nor an endpoint has; else one that Docker forgot; else one that an endpoint has of which Docker says that it is
    /// free: it ended while the plugin was away.
    /// </summary>
    private IPAddress ChooseIn(DockerPool pool)
    {
        HashSet<IPAddress> used = AddressesOfEndpoints();
        if (!pool.IsOurs && NetworkOf(pool.Subnet) is not null)
        {
            store.MarkOurs(pool);
        }
        if (FindUnused() is { } found)
        {
            return found;
        }
        Array.ForEach([.. pool.Taken.Where(address => IsForgotten(pool, address, used))], address => Release(pool, address));
        return FindUnused() ?? pool.FreeForContainer().FirstOrDefault() ?? throw Full(pool);

        IPAddress? FindUnused() => pool.FreeForContainer().FirstOrDefault(address => !used.Contains(address));
    }

    private IPAddress NameIn(DockerPool pool, IPAddress wanted)
    {
        if (pool.Refusal(wanted) is { } refusal)
        {
            throw new FormatException($"{wanted}: {refusal}");
        }
        if (!pool.IsFree(wanted))
        {
            if (!IsForgotten(pool, wanted, AddressesOfEndpoints()))
            {
                throw new FormatException($"{wanted} is taken: by another container, the gateway, or as an auxiliary address");
            }
            Release(pool, wanted);
        }
        return wanted;
    }

    /// <summary>A pool whose record was lost, from the network of our driver that has its subnet; null if none has.</summary>
    private DockerPool? Recall(string id)
    {
        if (!IPNetwork.TryParse(id, out IPNetwork subnet) || NetworkOf(subnet) is not { } network)
        {
            return null;
        }
        DockerPool pool = new(subnet, network.Range) { IsOurs = true };
        IEnumerable<IPAddress> taken = new[] { network.Gateway, network.NextHop }.OfType<IPAddress>()
            .Concat(network.Auxiliary.Select(other => other.Value))
            .Concat(AddressesOfEndpoints().Where(subnet.Contains));
        foreach (IPAddress address in taken.Distinct())
        {
            pool.Take(address);
        }
        store.Add(pool);
        _pools.Add(pool.Id, pool);
        return pool;
    }

    private void Remove(DockerPool pool)
    {
        lock (_lock)
        {
            store.Remove(pool);
            _ = _pools.Remove(pool.Id);
        }
    }

    private void Release(DockerPool pool, IPAddress address)
    {
        lock (_lock)
        {
            store.Release(pool, address);
            pool.Release(address);
        }
    }

    /// <summary>Whether the network of ours that had a pool is gone, though Docker did not give the pool back.</summary>
    private bool IsForgotten(DockerPool pool) => pool.IsOurs && NetworkOf(pool.Subnet) is null;

    /// <summary>
    /// Whether Docker died between asking for a container's address and making its endpoint, or after ending that. Of other drivers' networks nobody
    /// knows.
    /// </summary>
    private bool IsForgotten(DockerPool pool, IPAddress address, HashSet<IPAddress> used)
    {
        if (used.Contains(address))
        {
            pool.Meet(address);
            return false;
        }
        return NetworkOf(pool.Subnet) is { } subnet
            && !address.Equals(subnet.Gateway)
            && !address.Equals(subnet.NextHop)
            && !subnet.Auxiliary.Any(other => address.Equals(other.Value))
            && pool.Miss(address) > longestWait;
    }

    private SubnetDefinition? NetworkOf(IPNetwork subnet) =>
        driver.Networks.SelectMany(network => network.Definition.Subnets).FirstOrDefault(one => one.Subnet == subnet);

    private HashSet<IPAddress> AddressesOfEndpoints() =>
    [
        .. driver.Endpoints.SelectMany(endpoint => new[] { endpoint.IPv4Address, endpoint.IPv6Address })
            .OfType<Netlink.InterfaceAddress>().Select(address => address.Address),
    ];

    private static FormatException Full(DockerPool pool) =>
        new($"no address is free in {pool.Range ?? pool.Subnet}: end containers, or make a network with a larger subnet");

    private static void CheckRange(IPNetwork subnet, IPNetwork? range)
    {
        if (range is { } part && !AddressBlock.Of(subnet).Contains(AddressBlock.Of(part)))
        {
            throw new FormatException($"the range {part} is outside the subnet {subnet}");
        }
    }
}
