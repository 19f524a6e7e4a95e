using System.Net;

using BridgeNet.Proxies;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>A container of IPv4 alone, a port of it, and a proxy that leads IPv6 clients there.</summary>
internal sealed class ProxiedPort : IDisposable
{
    private readonly NetworkNamespace _host;

    /// <param name="at">The IPv6 address to listen at.</param>
    /// <param name="containerPort">The container's port; the host's is 8080.</param>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="refused">Whose clients are turned away.</param>
    /// <param name="idle">How long UDP clients may be silent.</param>
    public ProxiedPort(
        string at = "::", int containerPort = 80, TransportProtocol protocol = TransportProtocol.Tcp, string[]? refused = null, TimeSpan? idle = null)
    {
        _host = NetworkNamespace.Open(World.Host.Path);
        Container = World.Attach();
        Port = new PublishedPort(IPAddress.Parse(at), 8080, containerPort, protocol);
        Proxy = Open(Port, [.. (refused ?? []).Select(subnet => IPNetwork.Parse(subnet))], idle);
    }

    public DriverWorld World { get; } = new();

    public Container Container { get; }

    public PublishedPort Port { get; }

    public PortProxy Proxy { get; }

    /// <summary>The sockets of the host's programs, but for those that the kernel alone still has.</summary>
    public string[] SocketsOfHost() =>
        World.Host.RunOk("ss -H -tuan exclude time-wait").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>One more proxy to the container.</summary>
    public PortProxy Open(PublishedPort port, IReadOnlyList<IPNetwork>? refused = null, TimeSpan? idle = null) =>
        PortProxy.Open(_host, port, Container.Address, refused ?? [], idle);

    public void Dispose()
    {
        Proxy.Dispose();
        _host.Dispose();
        World.Dispose();
    }
}
