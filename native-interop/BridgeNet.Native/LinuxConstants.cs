namespace BridgeNet.Native;

/// <summary>Constants of the kernel that Tmds.LibC does not have; each is proved by gcc in the ABI test, which reads the kernel's name from the first word.</summary>
internal static class LinuxConstants
{
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

    /// <summary>PR_SET_PDEATHSIG, prctl(2): the signal that comes when the parent's thread ends.</summary>
    public const int SetParentDeathSignal = 1;

    /// <summary>NETLINK_ADD_MEMBERSHIP, setsockopt at SOL_NETLINK: join a multicast group.</summary>
    public const int NetlinkAddMembership = 1;

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

    /// <summary>SO_RCVBUFFORCE, setsockopt at SOL_SOCKET: the receive buffer beyond rmem_max, with CAP_NET_ADMIN.</summary>
    public const int ReceiveBufferForce = 33;
}
