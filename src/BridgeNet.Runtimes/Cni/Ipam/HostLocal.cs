using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Gives an address from each list of ranges, and reserves it in a file (<see cref="ReservationDirectory"/>).</summary>
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
    /// <exception cref="CniException">
    /// 7: the configuration is wrong; 11: no address is left; 999: a requested address is not available.
    /// </exception>
    public CniResult Add()
    {
        IReadOnlyList<AddressRangeSet> sets = AddressRangeSet.From(_options, _call.Configuration.RuntimeConfig);
        List<IPAddress> wanted = [.. RequestedAddresses.Of(_call)];
        CniRoute[] routes = [.. (_options.Routes ?? []).Select(CniResultReader.ReadRoute)];
        CniDns? dns = string.IsNullOrEmpty(_options.ResolvConf) ? null : ResolverFile.Read(_options.ResolvConf);
        using ReservationDirectory reservations = ReservationDirectory.Open(_directory, _call.Network);
        if (reservations.List().FirstOrDefault(IsOurs) is { } former)
        {
            throw new CniException(
                CniErrorCode.Internal,
                $"ipam: duplicate allocation: {former.Address} has been allocated to {_call.Environment.ContainerId}, interface "
                    + $"{_call.Environment.InterfaceName}: delete that attachment first");
        }
        List<CniAddress> taken = [];
        try
        {
            for (int set = 0; set < sets.Count; set++)
            {
                taken.Add(Take(reservations, sets[set], set, wanted));
            }
            if (wanted.Count > 0)
            {
                throw new CniException(
                    CniErrorCode.Internal, $"failed to allocate all requested IPs: {string.Join(", ", wanted)}: no range has them");
            }
        }
        catch
        {
            taken.ForEach(address => reservations.Release(address.Address.Address));
            throw;
        }
        _call.IsFirst = true;
        return new CniResult { Addresses = [.. taken], Routes = [.. routes], Dns = dns };
    }

    /// <summary>Gives an attachment's addresses back; succeeds if it has none.</summary>
    /// <exception cref="CniException">A reservation could not be read or given back; all others were.</exception>
    public void Delete()
    {
        if (!ReservationDirectory.Exists(_directory, _call.Network))
        {
            return;
        }
        using ReservationDirectory reservations = ReservationDirectory.Open(_directory, _call.Network);
        CniTeardown teardown = new();
        if (Remembered(reservations) is { } known)
        {
            Array.ForEach(known, reservation => teardown.Then(() => reservations.Release(reservation.Address)));
        }
        else
        {
            ReleaseAll(reservations, IsOurs, teardown);
        }
        teardown.Finish();
    }

    /// <summary>Whether an attachment still has a reservation.</summary>
    /// <exception cref="CniException">100: it has none.</exception>
    public void Check()
    {
        using ReservationDirectory reservations = ReservationDirectory.Open(_directory, _call.Network);
        if (!reservations.List().Any(IsOurs))
        {
            throw new CniException(CniErrorCode.NotAsAdded, $"host-local: Failed to find address added by container {_call.Environment.ContainerId}");
        }
    }

    /// <summary>Whether every list of ranges has an address left.</summary>
    /// <exception cref="CniException">50: one has none.</exception>
    public void Status()
    {
        IReadOnlyList<AddressRangeSet> sets = AddressRangeSet.From(_options, _call.Configuration.RuntimeConfig);
        using ReservationDirectory reservations = ReservationDirectory.Open(_directory, _call.Network);
        HashSet<IPAddress> taken =
            [.. reservations.List().Where(reservation => reservation.ContainerId.Length > 0).Select(reservation => reservation.Address)];
        if (sets.FirstOrDefault(set => !set.After(last: null).Any(place => !taken.Contains(place.Address))) is { } full)
        {
            throw new CniException(CniErrorCode.NotAvailable, $"ipam: no IP addresses available in range set: {full}");
        }
    }

    /// <summary>Gives back the addresses of attachments that are not in a list.</summary>
    /// <exception cref="CniException">A reservation could not be read or given back; all others were.</exception>
    public void CollectGarbage(IReadOnlyCollection<CniAttachment> valid)
    {
        if (!ReservationDirectory.Exists(_directory, _call.Network))
        {
            return;
        }
        using ReservationDirectory reservations = ReservationDirectory.Open(_directory, _call.Network);
        CniTeardown teardown = new();
        ReleaseAll(reservations, reservation => !valid.Any(attachment => reservation.IsOf(attachment.ContainerId, attachment.IfName)), teardown);
        teardown.Finish();
    }

    private static void ReleaseAll(ReservationDirectory reservations, Func<AddressReservation, bool> isMeant, CniTeardown teardown)
    {
        foreach (IPAddress address in reservations.Addresses().ToArray())
        {
            teardown.Then(() =>
            {
                if (reservations.Read(address) is { } reservation && isMeant(reservation))
                {
                    reservations.Release(address);
                }
            });
        }
    }

    private CniAddress Take(ReservationDirectory reservations, AddressRangeSet set, int number, List<IPAddress> wanted)
    {
        string id = _call.Environment.ContainerId;
        string link = _call.Environment.InterfaceName.ToString();
        if (wanted.Find(address => set.Find(address) is not null) is { } asked)
        {
            _ = wanted.Remove(asked);
            AddressRange range = set.Find(asked)!;
            return asked.Equals(range.Gateway)
                ? throw new CniException(CniErrorCode.Internal, $"ipam: requested ip {asked} is subnet's gateway")
                : reservations.TryTake(asked, id, link, number)
                    ? ToAddress(asked, range)
                    : throw new CniException(
                        CniErrorCode.Internal,
                        $"ipam: requested IP address {asked} is not available in range set {set}: container "
                            + $"{reservations.Read(asked)?.ContainerId} has it");
        }
        foreach ((IPAddress address, AddressRange range) in set.After(reservations.LastReserved(number)))
        {
            if (reservations.TryTake(address, id, link, number))
            {
                return ToAddress(address, range);
            }
        }
        throw new CniException(
            CniErrorCode.TryAgainLater, $"ipam: no IP addresses available in range set: {set}: delete containers, or widen the range");
    }

    /// <summary>
    /// The reservations of the addresses in prevResult, if all are readable and ours; null if every file must be searched.
    /// </summary>
    private AddressReservation[]? Remembered(ReservationDirectory reservations)
    {
        if (_call.Previous is not { Addresses.Count: > 0 } previous)
        {
            return null;
        }
        try
        {
            AddressReservation[] known =
                [.. previous.Addresses.Select(address => reservations.Read(address.Address.Address)).OfType<AddressReservation>().Where(IsOurs)];
            return known.Length == previous.Addresses.Count ? known : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool IsOurs(AddressReservation reservation) =>
        reservation.IsOf(_call.Environment.ContainerId, _call.Environment.InterfaceName.ToString());

    private static CniAddress ToAddress(IPAddress address, AddressRange range) => new()
    {
        Address = new InterfaceAddress(address, range.Subnet.PrefixLength),
        Gateway = range.Gateway,
    };
}
