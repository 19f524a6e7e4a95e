using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The result of an ADD, independent of the version in which it is written.</summary>
internal sealed record CniResult
{
    /// <summary>The interfaces.</summary>
    public ValueList<CniInterface> Interfaces { get; init; }

    /// <summary>The addresses.</summary>
    public ValueList<CniAddress> Addresses { get; init; }

    /// <summary>The routes.</summary>
    public ValueList<CniRoute> Routes { get; init; }

    /// <summary>The name servers; null for none.</summary>
    public CniDns? Dns { get; init; }
}
