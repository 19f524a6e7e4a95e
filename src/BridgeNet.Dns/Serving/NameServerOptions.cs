using BridgeNet.Dns.Forwarding;

namespace BridgeNet.Dns.Serving;

/// <summary>How a name server is run.</summary>
internal sealed record NameServerOptions
{
    /// <summary>Where Podman has netavark write the names.</summary>
    public const string UsualDirectory = "/run/containers/networks/aardvark-dns";

    /// <summary>The port to listen on at each gateway.</summary>
    public int Port { get; init; } = Forwarder.UsualPort;

    /// <summary>Hears of what nobody can be told otherwise.</summary>
    public required Action<string> Log { get; init; }

    /// <summary>Where the host's servers are.</summary>
    public string ResolverPath { get; init; } = "/etc/resolv.conf";

    /// <summary>The port of other servers.</summary>
    public int UpstreamPort { get; init; } = Forwarder.UsualPort;

    /// <summary>Gives memory back to the kernel.</summary>
    public Action CollectGarbage { get; init; } =
        static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>Opens sockets, in the network namespace that plays the host.</summary>
    public SocketOpener OpenSocket { get; init; } = Forwarder.OpenHere;

    /// <summary>How long a forwarded question may take.</summary>
    public TimeSpan Patience { get; init; } = Forwarder.UsualPatience;
}
