using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>A namespace of a test's own with a bridge br0, which is up and has no address.</summary>
internal static class TestBridge
{
    /// <summary>Does it with a socket and the bridge's index.</summary>
    public static void Run(Action<RouteSocket, int> test) => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        Link asked = new()
        {
            Name = InterfaceName.Parse("br0"),
            Kind = new BridgeKind { MulticastSnooping = false },
            IsUp = true,
            Ipv6AddressGeneration = Ipv6AddressGeneration.None,
        };
        test(socket, socket.Batch().CreateLink(asked).GetLink(LinkSelector.Of(asked)).Index);
    });
}
