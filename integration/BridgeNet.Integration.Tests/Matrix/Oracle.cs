using System.Net.Sockets;

namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>What Docker's documentation promises of networks, without a thought of how rules bring it about.</summary>
internal static class Oracle
{
    /// <summary>Whether somebody gets an answer from a container that publishes a port.</summary>
    public static bool Passes(Setting network, Peer from, Door to, AddressFamily family)
    {
        GatewayMode mode = network.ModeOf(family);
        bool isPublished = !network.Internal && (family is AddressFamily.InterNetwork || !network.AtLoopback);
        bool isAtHost = isPublished && mode is not GatewayMode.Routed; // which ignores the host's side of what is published
        return (from, to) switch
        {
            (_, Door.LoopbackPort) => isAtHost && from is Peer.Host,
            (_, Door.HostPort) => isAtHost && !network.AtLoopback,
            (Peer.Itself, _) => true,
            (Peer.SameNetwork, _) => network.InterContainer,
            (Peer.Host, _) => mode is not GatewayMode.Isolated,
            _ when network.Internal => false,
            (_, Door.PublishedPort) => mode is GatewayMode.NatUnprotected || (mode is GatewayMode.Routed && isPublished),
            (_, Door.Ping) => mode is GatewayMode.NatUnprotected or GatewayMode.Routed,
            _ => mode is GatewayMode.NatUnprotected,
        };
    }

    /// <summary>By which address the world sees the container when it calls.</summary>
    public static Source SeenAs(Setting network, AddressFamily family) =>
        network.IsSecondTheWayOut ? Source.Host
        : network.Internal ? Source.None
        : !network.Masquerade || network.ModeOf(family) is GatewayMode.Routed ? Source.Container
        : network.SourceNat ? Source.Chosen
        : Source.Host;

    /// <summary>
    /// Whether the world sees a reset that belongs to no connection any more: what cannot be translated must not leave by an address that the world
    /// is not to see.
    /// </summary>
    public static bool SeesLateReset(Setting network, AddressFamily family) => SeenAs(network, family) is Source.Container;
}
