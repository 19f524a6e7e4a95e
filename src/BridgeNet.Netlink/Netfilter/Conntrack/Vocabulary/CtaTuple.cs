namespace BridgeNet.Netlink.Netfilter;

/// <summary>The attributes of a tuple.</summary>
internal static class CtaTuple
{
    /// <summary>CTA_TUPLE_IP, nest of CTA_IP_…: the addresses.</summary>
    public const ushort Addresses = 1;

    /// <summary>CTA_TUPLE_PROTO, nest of CTA_PROTO_…: the transport protocol and its ports.</summary>
    public const ushort Protocol = 2;
}
