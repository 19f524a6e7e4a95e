namespace BridgeNet.Native;

/// <summary>Kernel constants that Tmds.LibC lacks. Each summary begins with the kernel's name: the ABI test checks its value with gcc.</summary>
internal static class LinuxConstants
{
    /// <summary>AF_PACKET, socket(2): frames as the wire has them.</summary>
    public const int AddressFamilyPacket = 17;

    /// <summary>LOCK_SH, flock(2): shared.</summary>
    public const int LockShared = 1;

    /// <summary>LOCK_EX, flock(2): exclusive.</summary>
    public const int LockExclusive = 2;

    /// <summary>LOCK_NB, flock(2): do not wait.</summary>
    public const int LockNonBlocking = 4;

    /// <summary>LOCK_UN, flock(2): let go.</summary>
    public const int LockRelease = 8;

    /// <summary>NS_GET_NSTYPE, ioctl_ns(2): the CLONE_NEW… of a namespace's descriptor.</summary>
    public const int NamespaceGetType = 0xb703;

    /// <summary>SIOCGIFINDEX, netdevice(7): the number of the interface of a name.</summary>
    public const int GetInterfaceIndex = 0x8933;

    /// <summary>PR_SET_PDEATHSIG, prctl(2): the signal that comes when the parent's thread ends.</summary>
    public const int SetParentDeathSignal = 1;

    /// <summary>NETLINK_ADD_MEMBERSHIP, setsockopt at SOL_NETLINK: join a multicast group.</summary>
    public const int NetlinkAddMembership = 1;

    /// <summary>NETLINK_LISTEN_ALL_NSID, setsockopt at SOL_NETLINK: also receive events of the namespaces that this one has a number for.</summary>
    public const int NetlinkListenAllNamespaces = 8;

    /// <summary>NETLINK_CAP_ACK, setsockopt at SOL_NETLINK: acknowledgements do not repeat the request.</summary>
    public const int NetlinkCapAck = 10;

    /// <summary>NETLINK_EXT_ACK, setsockopt at SOL_NETLINK: acknowledgements carry the kernel's text.</summary>
    public const int NetlinkExtAck = 11;

    /// <summary>NETLINK_GET_STRICT_CHK, setsockopt at SOL_NETLINK: dumps filter by what the request names.</summary>
    public const int NetlinkGetStrictCheck = 12;

    /// <summary>SIGPIPE, signal(7).</summary>
    public const int SigPipe = 13;

    /// <summary>SIG_SETMASK, sigprocmask(2).</summary>
    public const int SigSetMask = 2;

    /// <summary>SO_SNDBUFFORCE, setsockopt at SOL_SOCKET: the send buffer beyond wmem_max, with CAP_NET_ADMIN.</summary>
    public const int SendBufferForce = 32;

    /// <summary>SO_NETNS_COOKIE.</summary>
    public const int NamespaceCookie = 71;

    /// <summary>SO_RCVBUFFORCE, setsockopt at SOL_SOCKET: the receive buffer beyond rmem_max, with CAP_NET_ADMIN.</summary>
    public const int ReceiveBufferForce = 33;

    /// <summary>BPF_RET | BPF_K: the instruction that ends a socket's filter with a constant, how many bytes of the packet to keep.</summary>
    public const ushort FilterReturn = 6;

    /// <summary>SOL_IP, getsockopt(2): options of IPv4.</summary>
    public const int LevelIPv4 = 0;

    /// <summary>SOL_IPV6, getsockopt(2): options of IPv6.</summary>
    public const int LevelIPv6 = 41;

    /// <summary>IPT_SO_GET_INFO, getsockopt at SOL_IP: how large a table is and where its chains begin; IP6T_SO_GET_INFO is the same.</summary>
    public const int XtablesGetInfo = 64;

    /// <summary>IPT_SO_GET_ENTRIES, getsockopt at SOL_IP: a table's entries; IP6T_SO_GET_ENTRIES is the same.</summary>
    public const int XtablesGetEntries = 65;

    /// <summary>XT_TABLE_MAXNAMELEN, bytes of a table's name and the NUL.</summary>
    public const int XtablesNameLength = 32;

    /// <summary>sizeof(struct ipt_getinfo), and of struct ip6t_getinfo.</summary>
    public const int XtablesInfoLength = 84;

    /// <summary>offsetof(struct ipt_getinfo, size), u32: bytes of all entries.</summary>
    public const int XtablesInfoSize = 80;

    /// <summary>offsetof(struct ipt_get_entries, entrytable): where the entries begin.</summary>
    public const int XtablesEntriesHeader = 40;
}
