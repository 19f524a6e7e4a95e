namespace BridgeNet.Netlink.Route;

/// <summary>The attributes of messages about namespaces, as in include/uapi/linux/net_namespace.h.</summary>
internal static class Netnsa
{
    /// <summary>NETNSA_NSID, s32: the number that one namespace has for another; -1 for none.</summary>
    public const ushort NamespaceId = 1;

    /// <summary>NETNSA_FD, u32: a descriptor of the namespace that is asked for.</summary>
    public const ushort Descriptor = 3;
}
