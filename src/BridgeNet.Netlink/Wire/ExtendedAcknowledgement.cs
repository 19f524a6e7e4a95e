using BridgeNet.Native;

namespace BridgeNet.Netlink.Wire;

/// <summary>The content of an NLMSG_ERROR; error 0 means success.</summary>
/// <param name="Errno">The error number.</param>
/// <param name="Message">The kernel's text; null if it gave none.</param>
/// <param name="Offset">Where in the request the offending attribute lies, in bytes; null if not said.</param>
internal readonly record struct ExtendedAcknowledgement(Errno Errno, string? Message, int? Offset)
{
    /// <summary>Reads struct nlmsgerr and the attributes behind it.</summary>
    /// <exception cref="NetlinkFormatException">The message is too short.</exception>
    public static ExtendedAcknowledgement Read(NetlinkMessage message)
    {
        Errno errno = (Errno)(-message.Header<int>());
        string? text = null;
        int? offset = null;
        if ((message.Flags & NetlinkFlags.AcknowledgementAttributes) is not NetlinkFlags.None)
        {
            foreach (AttributeReader attribute in Attributes(message))
            {
                switch (attribute.Type)
                {
                    case NlmsgErr.Message: text = attribute.ReadString(); break;
                    case NlmsgErr.Offset: offset = attribute.ReadInt32(); break;
                    case NlmsgErr.MissingType: text ??= $"attribute {attribute.ReadUInt32()} is missing"; break;
                    default: break;
                }
            }
        }
        return new ExtendedAcknowledgement(errno, text, offset);
    }

    /// <summary>They follow the repeated request; a capped acknowledgement repeats only its header.</summary>
    private static AttributeList Attributes(NetlinkMessage message)
    {
        ReadOnlySpan<byte> request = message.Payload[sizeof(int)..];
        int repeated = NetlinkAlignment.MessageHeader;
        if ((message.Flags & NetlinkFlags.Capped) is NetlinkFlags.None && request.Length >= NetlinkAlignment.MessageHeader)
        {
            repeated = NetlinkAlignment.Align(System.Runtime.InteropServices.MemoryMarshal.Read<int>(request));
        }
        return new AttributeList(repeated >= 0 && repeated <= request.Length ? request[repeated..] : default);
    }
}
