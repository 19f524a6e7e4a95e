using System.Net;

namespace BridgeNet.Dns.Names;

/// <summary>A container of a network's file: <c>ID v4,v4 v6,v6 name,alias,…[ server,server]</c>.</summary>
/// <param name="Id">The container's id.</param>
/// <param name="Addresses">Its addresses on this network, of both families.</param>
/// <param name="Names">Its name, then its other names, as they are written.</param>
/// <param name="Servers">The servers to ask for it; empty for the network's.</param>
internal sealed record ContainerLine(string Id, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<string> Names, IReadOnlyList<IPAddress> Servers);
