using System.Globalization;

using BridgeNet.Dns.Names;
using BridgeNet.State;

namespace BridgeNet.Names;

/// <summary>
/// The names of endpoints, as their records have them: nothing else is written for them, and so nothing else can be wrong. A record's name and
/// addresses never change, so each is read once.
/// </summary>
/// <param name="state">The records.</param>
/// <param name="log">Hears of records that cannot be read.</param>
internal sealed class RecordedNames(StateDirectory state, Action<string> log) : INameSource
{
    /// <summary>
    /// A directory's time comes from the kernel's coarse clock, which stands still for up to 10 ms. Within that time there may be a change that the
    /// time does not show.
    /// </summary>
    private static readonly TimeSpan s_blur = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, EndpointState> _endpoints = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private int _looks;

    /// <summary>How many endpoints have a name and somebody to answer for it, as of the last reading.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public int Version
    {
        get
        {
            DateTime endpoints = Directory.GetLastWriteTimeUtc(state.EndpointsPath), networks = Directory.GetLastWriteTimeUtc(state.NetworksPath);
            TimeSpan age = DateTime.UtcNow - (endpoints > networks ? endpoints : networks);
            bool isRecent = age >= TimeSpan.Zero && age < s_blur; // the clock may have been set back since
            return HashCode.Combine(endpoints, networks, isRecent ? ++_looks : 0);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Records that cannot be read are left out and told of once; the others serve on.</remarks>
    public IReadOnlyList<NetworkFile> Read(out bool isWhole)
    {
        isWhole = true;
        try
        {
            if (!state.TryFollow())
            {
                Count = 0; // nobody is attached as far as anybody knows
                throw new IOException($"{state.Path} was deleted: names stay as they are until its records are made again");
            }
            ReadEndpoints();
            ILookup<string, EndpointState> endpoints = _endpoints.Values.ToLookup(one => one.Network, StringComparer.Ordinal);
            List<string> damages = [];
            NetworkFile[] networks =
            [
                .. from network in state.Networks.All(damages)
                   where network.Phase is RecordPhase.Done && network.Record.Definition.Dns is true
                   select ToFile(network.Record, endpoints[network.Record.Name]),
            ];
            damages.ForEach(Tell);
            Count = networks.Where(network => network.ListenAddresses.Count > 0).Sum(network => network.Containers.Count);
            return networks;
        }
        catch (Exception error) when (error is BridgeNetException or DirectoryNotFoundException)
        {
            throw new IOException(error.Message, error);
        }
    }

    private void ReadEndpoints()
    {
        HashSet<string> there = new(StringComparer.Ordinal);
        foreach ((string id, RecordPhase phase) in state.Endpoints.List())
        {
            if (phase is RecordPhase.Done && there.Add(id) && !_endpoints.ContainsKey(id) && Find(id) is { } endpoint)
            {
                _endpoints.Add(id, endpoint);
            }
        }
        foreach (string gone in _endpoints.Keys.Where(id => !there.Contains(id)).ToArray())
        {
            _ = _endpoints.Remove(gone);
        }
    }

    private EndpointState? Find(string id)
    {
        try
        {
            return state.Endpoints.Find(id, out RecordPhase phase) is { } endpoint && phase is RecordPhase.Done ? endpoint : null;
        }
        catch (StateException error)
        {
            Tell(error.Message);
            return null;
        }
    }

    private void Tell(string damage)
    {
        if (_told.Add(damage))
        {
            log(damage);
        }
    }

    private static NetworkFile ToFile(NetworkState network, IEnumerable<EndpointState> endpoints) => new(
        network.Name,
        network.Definition.Internal,
        [.. network.NameServers],
        Servers: [],
        [.. endpoints.Select(ToLine)]);

    private static ContainerLine ToLine(EndpointState endpoint) => new(
        ContainerOf(endpoint), [.. endpoint.OwnAddresses], [endpoint.Name, endpoint.Id, .. endpoint.Aliases], Servers: []);

    /// <summary>What the endpoints of one container have in common: by it a container knows the names of all its networks.</summary>
    private static string ContainerOf(EndpointState endpoint) => endpoint.IsPrepared ? endpoint.Id
        : endpoint.SandboxCookie?.ToString(CultureInfo.InvariantCulture) ?? endpoint.SandboxIdentity.ToString();
}
