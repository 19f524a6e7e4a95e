using System.Net.Sockets;

namespace BridgeNet.Dns.Forwarding;

/// <summary>Opens a socket. It may do so in another network namespace than the caller's.</summary>
internal delegate Socket SocketOpener(AddressFamily family, SocketType type, ProtocolType protocol);
