using System.Text.Json;

using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.Runtimes.Cni.Firewall;
using BridgeNet.Runtimes.Names;

namespace BridgeNet.Runtimes.Cni;

/// <summary>One call of a plugin: its parameters, and the host's sockets, which are opened on first use.</summary>
internal sealed class CniCall : IDisposable
{
    private readonly Lazy<RouteSocket> _route = new(RouteSocket.Open);
    private readonly Lazy<NetfilterSocket> _netfilter = new(NetfilterSocket.Open);

    /// <summary>The environment variables.</summary>
    public required CniEnvironment Environment { get; init; }

    /// <summary>The keys of the configuration that concern every plugin.</summary>
    public required CniConfiguration Configuration { get; init; }

    /// <summary>The configuration's text.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The version of the configuration.</summary>
    public required CniVersion Version { get; init; }

    /// <summary>The result of the plugins before this one; null for none.</summary>
    public CniResult? Previous { get; set; }

    /// <summary>
    /// Whether this call gave the owner its addresses. Host-local refuses an owner that has some, so nothing of an earlier ADD is left.
    /// </summary>
    public bool IsFirst { get; set; }

    /// <summary>Runs other people's plugins.</summary>
    public required IPluginRunner Runner { get; init; }

    /// <summary>Starts the name server.</summary>
    public required INameServerStarter NameServers { get; init; }

    /// <summary>The network's name.</summary>
    public string Network => Configuration.Name ?? string.Empty;

    /// <summary>Owner of everything that this call creates.</summary>
    public CniOwner Owner => new(Network, Environment.ContainerId, Environment.InterfaceName.ToString());

    /// <summary>The attachments that a GC must keep; null if the runtime lists none, and then nothing is collected.</summary>
    public IReadOnlyList<CniAttachment>? ValidAttachments => Configuration.ValidAttachments ?? Configuration.FormerValidAttachments;

    /// <summary>The owners of those attachments in this network.</summary>
    public CniOwner[] ValidOwners =>
        [.. (ValidAttachments ?? []).Select(attachment => new CniOwner(Network, attachment.ContainerId, attachment.IfName))];

    /// <summary>The host's links, addresses and routes.</summary>
    public RouteSocket Route => _route.Value;

    /// <summary>The host's rules and connections.</summary>
    public NetfilterSocket Netfilter => _netfilter.Value;

    /// <summary>A plugin's own keys.</summary>
    /// <exception cref="CniException">6: they are not of the shape that they must have.</exception>
    public T Options<T>()
        where T : class, IJsonShape<T> => Read(() => PlainJson.Read<T>(Json.Span));

    /// <summary>The keys of <c>ipam</c>.</summary>
    /// <exception cref="CniException">6: they are not of the shape that they must have; 7: there are none.</exception>
    public T IpamOptions<T>()
        where T : class, IJsonShape<T> => Configuration.Ipam is { ValueKind: JsonValueKind.Object } ipam
            ? Read(() => PlainJson.Read<T>(ipam))
            : throw new CniException(CniErrorCode.InvalidConfiguration, "IPAM config missing 'ipam' key");

    /// <summary>The container's namespace.</summary>
    /// <exception cref="CniException">4: there is none at that path; 8: it is the host's own, and CNI_NETNS_OVERRIDE does not allow that.</exception>
    public NetworkNamespace OpenSandbox()
    {
        NetworkNamespace sandbox = NetworkNamespace.Open(Environment.NamespacePath);
        if (IsContainers(sandbox))
        {
            return sandbox;
        }
        sandbox.Dispose();
        throw new CniException(
            CniErrorCode.InvalidNamespace,
            $"plugin's netns and netns from CNI_NETNS should not be the same: {Environment.NamespacePath} is the host's own "
                + "(CNI_NETNS_OVERRIDE=1 allows it)");
    }

    /// <summary>The container's namespace; null if it is gone, or if it is the host's own, whose interfaces must not be touched.</summary>
    public NetworkNamespace? TryOpenSandbox()
    {
        if (Environment.NamespacePath.Length == 0)
        {
            return null;
        }
        try
        {
            NetworkNamespace sandbox = NetworkNamespace.Open(Environment.NamespacePath);
            if (IsContainers(sandbox))
            {
                return sandbox;
            }
            sandbox.Dispose();
        }
        catch (NamespaceException)
        {
            // its last process ended, or its file was unmounted: nothing in it needs taking down
        }
        return null;
    }

    /// <summary>Closes the sockets.</summary>
    public void Dispose()
    {
        if (_route.IsValueCreated)
        {
            _route.Value.Dispose();
        }
        if (_netfilter.IsValueCreated)
        {
            _netfilter.Value.Dispose();
        }
    }

    private bool IsContainers(NetworkNamespace sandbox)
    {
        using NetworkNamespace host = NetworkNamespace.Current();
        return Environment.AllowsHostNamespace || host.Identity != sandbox.Identity;
    }

    private static T Read<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read() ?? throw new CniException(CniErrorCode.Decoding, "the configuration is null");
        }
        catch (JsonException error)
        {
            throw new CniException(CniErrorCode.Decoding, $"failed to load netconf: {error.Message}", innerException: error);
        }
    }
}
