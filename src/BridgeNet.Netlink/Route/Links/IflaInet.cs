namespace BridgeNet.Netlink.Route;

/// <summary>The attributes inside IFLA_AF_SPEC's AF_INET.</summary>
internal static class IflaInet
{
    /// <summary>IFLA_INET_CONF, nest of an attribute per setting of <see cref="Ipv4Devconf"/>.</summary>
    public const ushort Configuration = 1;
}
