using System.Net.Sockets;

namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>A question of the matrix, once its network is there.</summary>
internal sealed record Cell(Peer From, Door To, AddressFamily Family)
{
    /// <summary>All of them: there is no IPv6 address of which the kernel leads loopback's packets elsewhere, so ::1 is not asked.</summary>
    public static IReadOnlyList<Cell> All { get; } =
    [
        .. from family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 }
           from peer in Enum.GetValues<Peer>()
           from door in Enum.GetValues<Door>()
           where door is not Door.LoopbackPort || family is AddressFamily.InterNetwork
           select new Cell(peer, door, family),
    ];

    public override string ToString() => $"{From} to {To} by {(Family is AddressFamily.InterNetwork ? "IPv4" : "IPv6")}";
}
