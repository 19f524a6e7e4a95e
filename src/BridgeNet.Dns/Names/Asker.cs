using System.Net;

namespace BridgeNet.Dns.Names;

/// <summary>A container that asks, or everybody that asks a network's gateway and is no container.</summary>
/// <param name="Networks">The networks whose names it may know, in the order of the files.</param>
/// <param name="Servers">Whom to ask for it; empty for the host's servers.</param>
internal sealed record Asker(IReadOnlyList<NetworkNames> Networks, IReadOnlyList<IPAddress> Servers)
{
    /// <summary>Whether its questions are forwarded: it is on a network that is not internal.</summary>
    public bool MayForward { get; } = Networks.Any(network => !network.IsInternal);
}
