using BridgeNet.Native;

namespace BridgeNet.Netlink.Wire;

/// <summary>The outcome of one exchange: its first failure, and whether answers were lost.</summary>
internal struct NetlinkOutcome
{
    /// <summary>The first failure; meaningless while <see cref="FailedSequence"/> is 0.</summary>
    public ExtendedAcknowledgement Failure { get; private set; }

    /// <summary>The sequence number of the message that failed first; 0 if none did.</summary>
    public uint FailedSequence { get; private set; }

    /// <summary>Whether the kernel said that it dropped answers.</summary>
    public bool IsLossy { get; private set; }

    /// <summary>Takes in an NLMSG_ERROR or NLMSG_DONE; error 0 is an acknowledgement.</summary>
    public void Note(NetlinkMessage message)
    {
        if (message.Type is NetlinkMessageType.Done && message.Payload.Length < sizeof(int))
        {
            return; // old kernels end a dump without a status
        }
        ExtendedAcknowledgement acknowledgement = ExtendedAcknowledgement.Read(message);
        if (acknowledgement.Errno is not Errno.None && FailedSequence == 0)
        {
            Failure = acknowledgement;
            FailedSequence = message.Sequence;
        }
    }

    /// <summary>Takes in an ENOBUFS.</summary>
    public void NoteLoss() => IsLossy = true;
}
