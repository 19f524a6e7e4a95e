namespace BridgeNet.Netlink.Wire;

/// <summary>The flags of a message's header, as in include/uapi/linux/netlink.h. Several share a bit; the message's type tells them apart.</summary>
[Flags]
public enum NetlinkFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>NLM_F_REQUEST: a request to the kernel; every message that is written has it.</summary>
    Request = 0x01,

    /// <summary>NLM_F_MULTI: one of several answers, ended by NLMSG_DONE.</summary>
    Multi = 0x02,

    /// <summary>NLM_F_ACK: answer also when it succeeded.</summary>
    Acknowledge = 0x04,

    /// <summary>NLM_F_ECHO: send the resulting notification to the requester too.</summary>
    Echo = 0x08,

    /// <summary>NLM_F_DUMP_INTR: the list changed during the dump.</summary>
    DumpInterrupted = 0x10,

    /// <summary>NLM_F_ROOT | NLM_F_MATCH, of get requests: all of them.</summary>
    Dump = 0x300,

    /// <summary>NLM_F_REPLACE, in new requests: replace an existing one.</summary>
    Replace = 0x100,

    /// <summary>NLM_F_EXCL, of new requests: fail with EEXIST if it is there.</summary>
    Exclusive = 0x200,

    /// <summary>NLM_F_CREATE, of new requests: make it if it is not there.</summary>
    Create = 0x400,

    /// <summary>NLM_F_APPEND, of new requests: at the end of the list.</summary>
    Append = 0x800,

    /// <summary>NLM_F_CAPPED, of acknowledgements: the request is not repeated in it.</summary>
    Capped = 0x100,

    /// <summary>NLM_F_ACK_TLVS, of acknowledgements: attributes follow.</summary>
    AcknowledgementAttributes = 0x200,
}
