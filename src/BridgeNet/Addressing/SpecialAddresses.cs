using System.Net;

namespace BridgeNet.Addressing;

/// <summary>Addresses that no interface of a container can have, because every kernel gives them a meaning of their own.</summary>
internal static class SpecialAddresses
{
    private static readonly (IPNetwork Block, string Meaning)[] s_blocks =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "stand for this host itself"),
        (IPNetwork.Parse("127.0.0.0/8"), "are every host's own loopback"),
        (IPNetwork.Parse("224.0.0.0/4"), "are groups (multicast)"),
        (IPNetwork.Parse("240.0.0.0/4"), "are reserved (RFC 1112), to the broadcast address"),
        (IPNetwork.Parse("::/96"), "are every host's own loopback, and unspecified"),
        (IPNetwork.Parse("::ffff:0:0/96"), "stand for IPv4 addresses"),
        (IPNetwork.Parse("ff00::/8"), "are groups (multicast)"),
    ];

    /// <summary>Why a subnet cannot be; null if none of its addresses is special.</summary>
    public static string? FaultOf(IPNetwork subnet) =>
        s_blocks.FirstOrDefault(special => SubnetPools.Overlaps(special.Block, subnet)) is { Meaning: { } meaning } found
            ? $"the addresses of {found.Block} {meaning}"
            : null;
}
