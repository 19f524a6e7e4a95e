using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Gives addresses out of ranges, one address a list of ranges, and remembers them in files (<see cref="LeaseDirectory"/>).</summary>
internal sealed class HostLocal
{
    private readonly CniCall _call;
    private readonly HostLocalOptions _options;
    private readonly string _directory;

    /// <summary>Host-local for a call.</summary>
    /// <exception cref="CniException">6, 7: the key <c>ipam</c> is missing or wrong.</exception>
    public HostLocal(CniCall call)
    {
        _call = call;
        _options = call.IpamOptions<HostLocalOptions>();
        _directory = string.IsNullOrEmpty(_options.DataDir) ? HostLocalOptions.DefaultDirectory : _options.DataDir;
    }

    /// <summary>Takes an address from each list of ranges, or none.</summary>
    /// <exception cref="CniException">7: the configuration cannot be; 11: there is none left; 999: one that was asked for is not to be had.</exception>
    public CniResult Add()
    {
        IReadOnlyList<AddressRangeSet> sets = AddressRangeSet.From(_options, _call.Configuration.RuntimeConfig);
        List<IPAddress> wanted = [.. RequestedAddresses.Of(_call)];
        CniRoute[] routes = [.. (_options.Routes ?? []).Select(CniResultReader.ReadRoute)];
        CniDns? dns = string.IsNullOrEmpty(_options.ResolvConf) ? null : ResolverFile.Read(_options.ResolvConf);
        using LeaseDirectory leases = LeaseDirectory.Open(_directory, _call.Network);
        if (leases.List().FirstOrDefault(IsOurs) is { } former)
        {
            throw new CniException(
                CniErrorCode.Internal,
                $"ipam: duplicate allocation: {former.Address} has been allocated to {_call.Environment.ContainerId}, interface {_call.Environment.InterfaceName}: delete that attachment first");
        }
        List<CniAddress> taken = [];
        try
        {
            for (int set = 0; set < sets.Count; set++)
            {
                taken.Add(Take(leases, sets[set], set, wanted));
            }
            if (wanted.Count > 0)
            {
                throw new CniException(CniErrorCode.Internal, $"failed to allocate all requested IPs: {string.Join(", ", wanted)}: no range has them");
            }
        }
        catch
        {
            taken.ForEach(address => leases.Release(address.Address.Address));
            throw;
        }
        _call.IsFirst = true;
        return new CniResult { Addresses = [.. taken], Routes = [.. routes], Dns = dns };
    }

    /// <summary>Gives back what an attachment has. That there is nothing is fine.</summary>
    public void Delete()
    {
        if (!LeaseDirectory.Exists(_directory, _call.Network))
        {
            return;
        }
        using LeaseDirectory leases = LeaseDirectory.Open(_directory, _call.Network);
        foreach (Lease lease in Known(leases) ?? leases.List().Where(IsOurs).ToArray())
        {
            leases.Release(lease.Address);
        }
    }

    /// <summary>Whether an attachment still has a lease.</summary>
    /// <exception cref="CniException">100: it has none.</exception>
    public void Check()
    {
        using LeaseDirectory leases = LeaseDirectory.Open(_directory, _call.Network);
        if (!leases.List().Any(IsOurs))
        {
            throw new CniException(CniErrorCode.NotAsAdded, $"host-local: Failed to find address added by container {_call.Environment.ContainerId}");
        }
    }

    /// <summary>Whether every list of ranges has an address left.</summary>
    /// <exception cref="CniException">50: one has none.</exception>
    public void Status()
    {
        IReadOnlyList<AddressRangeSet> sets = AddressRangeSet.From(_options, _call.Configuration.RuntimeConfig);
        using LeaseDirectory leases = LeaseDirectory.Open(_directory, _call.Network);
        HashSet<IPAddress> taken = [.. leases.List().Where(lease => lease.ContainerId.Length > 0).Select(lease => lease.Address)];
        if (sets.FirstOrDefault(set => !set.After(last: null).Any(place => !taken.Contains(place.Address))) is { } full)
        {
            throw new CniException(CniErrorCode.NotAvailable, $"ipam: no IP addresses available in range set: {full}");
        }
    }

    /// <summary>Gives back what is of no attachment in a list.</summary>
    public void CollectGarbage(IReadOnlyCollection<CniAttachment> valid)
    {
        if (!LeaseDirectory.Exists(_directory, _call.Network))
        {
            return;
        }
        using LeaseDirectory leases = LeaseDirectory.Open(_directory, _call.Network);
        foreach (Lease lease in leases.List().Where(lease => !valid.Any(attachment => lease.IsOf(attachment.ContainerId, attachment.IfName))).ToArray())
        {
            leases.Release(lease.Address);
        }
    }

    private CniAddress Take(LeaseDirectory leases, AddressRangeSet set, int number, List<IPAddress> wanted)
    {
        string id = _call.Environment.ContainerId;
        string link = _call.Environment.InterfaceName.ToString();
        if (wanted.Find(address => set.Find(address) is not null) is { } asked)
        {
            _ = wanted.Remove(asked);
            AddressRange range = set.Find(asked)!;
            return asked.Equals(range.Gateway)
                ? throw new CniException(CniErrorCode.Internal, $"ipam: requested ip {asked} is subnet's gateway")
                : leases.TryTake(asked, id, link, number)
                    ? ToAddress(asked, range)
                    : throw new CniException(CniErrorCode.Internal, $"ipam: requested IP address {asked} is not available in range set {set}: container {leases.Read(asked)?.ContainerId} has it");
        }
        foreach ((IPAddress address, AddressRange range) in set.After(leases.LastReserved(number)))
        {
            if (leases.TryTake(address, id, link, number))
            {
                return ToAddress(address, range);
            }
        }
        throw new CniException(CniErrorCode.TryAgainLater, $"ipam: no IP addresses available in range set: {set}: delete containers, or widen the range");
    }

    /// <summary>The leases of the addresses that the runtime remembers, if they are all there; null if one must look at all.</summary>
    private Lease[]? Known(LeaseDirectory leases)
    {
        if (_call.Previous is not { Addresses.Count: > 0 } previous)
        {
            return null;
        }
        Lease[] known = [.. previous.Addresses.Select(address => leases.Read(address.Address.Address)).OfType<Lease>().Where(IsOurs)];
        return known.Length == previous.Addresses.Count ? known : null;
    }

    private bool IsOurs(Lease lease) => lease.IsOf(_call.Environment.ContainerId, _call.Environment.InterfaceName.ToString());

    private static CniAddress ToAddress(IPAddress address, AddressRange range) => new()
    {
        Address = new InterfaceAddress(address, range.Subnet.PrefixLength),
        Gateway = range.Gateway,
    };
}
