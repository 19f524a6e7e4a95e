using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Netavark;

/// <summary>A container's place on a network that has names.</summary>
/// <param name="Attachment">The place.</param>
/// <param name="Servers">Where the network's name server listens.</param>
internal sealed record NetavarkNames(NetavarkAttachment Attachment, ValueList<IPAddress> Servers);
