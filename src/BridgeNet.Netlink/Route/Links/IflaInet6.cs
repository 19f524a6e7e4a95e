namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside IFLA_AF_SPEC's AF_INET6.</summary>
internal static class IflaInet6
{
    /// <summary>IFLA_INET6_ADDR_GEN_MODE, u8: how the link-local address is made.</summary>
    public const ushort AddressGeneration = 8;
}
