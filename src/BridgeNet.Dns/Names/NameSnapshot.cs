using System.Net;

namespace BridgeNet.Dns.Names;

/// <summary>All names of the host at one moment. It never changes; a reload makes another one.</summary>
internal sealed class NameSnapshot
{
    private static readonly Asker s_stranger = new([], []);

    private readonly Dictionary<HostAddress, Asker> _containers = [];
    private readonly Dictionary<HostAddress, Asker> _gateways = [];

    /// <summary>Puts the files' networks together.</summary>
    public NameSnapshot(IReadOnlyList<NetworkFile> files)
    {
        NetworkNames[] networks = [.. files.Select(file => new NetworkNames(file))];
        Networks = networks;
        ListenAddresses = [.. files.SelectMany(file => file.ListenAddresses).Distinct()];
        IEnumerable<Place> places = files.Zip(networks).SelectMany(pair => pair.First.Containers.Select(line => new Place(pair.Second, line)));
        foreach (IGrouping<string, Place> container in places.GroupBy(place => place.Container.Id, StringComparer.Ordinal))
        {
            Asker asker = AskerOf([.. container]);
            foreach (IPAddress address in container.SelectMany(place => place.Container.Addresses))
            {
                _containers[HostAddress.Of(address)] = asker;
            }
        }
        foreach (IPAddress gateway in ListenAddresses)
        {
            NetworkNames[] own = [.. files.Zip(networks).Where(pair => pair.First.ListenAddresses.Contains(gateway)).Select(pair => pair.Second)];
            _gateways[HostAddress.Of(gateway)] = new Asker(own, ServersOf(own));
        }
    }

    /// <summary>A host without networks.</summary>
    public static NameSnapshot Empty { get; } = new([]);

    /// <summary>The networks, in the order of their files.</summary>
    public IReadOnlyList<NetworkNames> Networks { get; }

    /// <summary>Where to listen: the gateways of all networks.</summary>
    public IReadOnlyList<IPAddress> ListenAddresses { get; }

    /// <summary>Whether an address is a container's.</summary>
    public bool HasContainer(HostAddress address) => _containers.ContainsKey(address);

    /// <summary>Who asks.</summary>
    /// <param name="source">The address that the question comes from. A container is on all networks of its id, whichever gateway it asks.</param>
    /// <param name="gateway">The address that was asked: it says what a stranger, such as the host, may know.</param>
    public Asker AskerAt(HostAddress source, HostAddress gateway) =>
        _containers.TryGetValue(source, out Asker? container) ? container : _gateways.GetValueOrDefault(gateway, s_stranger);

    private static Asker AskerOf(Place[] places)
    {
        NetworkNames[] networks = [.. places.Select(place => place.Network).Distinct()];
        List<IPAddress> servers =
            [.. places.Where(place => !place.Network.IsInternal).SelectMany(place => place.Container.Servers).Distinct()];
        return new Asker(networks, servers.Count > 0 ? servers : ServersOf(networks));
    }

    private static List<IPAddress> ServersOf(IEnumerable<NetworkNames> networks) =>
        [.. networks.Where(network => !network.IsInternal).SelectMany(network => network.Servers).Distinct()];

    private sealed record Place(NetworkNames Network, ContainerLine Container);
}
