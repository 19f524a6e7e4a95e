using System.Globalization;
using System.Text;

using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The flags of a message by name. Several flags share a bit, so the message's type decides which one it is.</summary>
internal static class FlagText
{
    private static readonly (NetlinkFlags Flag, string Name)[] s_common =
    [
        (NetlinkFlags.Request, "REQUEST"), (NetlinkFlags.Multi, "MULTI"), (NetlinkFlags.Acknowledge, "ACK"), (NetlinkFlags.Echo, "ECHO"),
        (NetlinkFlags.DumpInterrupted, "DUMP_INTR"),
    ];

    private static readonly (NetlinkFlags Flag, string Name)[] s_get = [(NetlinkFlags.Dump, "DUMP")];

    private static readonly (NetlinkFlags Flag, string Name)[] s_outcome =
        [(NetlinkFlags.Capped, "CAPPED"), (NetlinkFlags.AcknowledgementAttributes, "ACK_TLVS")];

    private static readonly (NetlinkFlags Flag, string Name)[] s_new =
    [
        (NetlinkFlags.Replace, "REPLACE"), (NetlinkFlags.Exclusive, "EXCL"), (NetlinkFlags.Create, "CREATE"), (NetlinkFlags.Append, "APPEND"),
    ];

    /// <summary>Appends a space and the flags, or nothing where there are none. A bit without a name is shown as a number.</summary>
    public static void Append(StringBuilder text, string message, bool isRequest, NetlinkFlags flags)
    {
        char separator = ' ';
        Take(text, s_common, ref flags, ref separator);
        Take(text, Specific(message, isRequest), ref flags, ref separator);
        if (flags is not NetlinkFlags.None)
        {
            text.Append(CultureInfo.InvariantCulture, $"{separator}0x{(ushort)flags:x}");
        }
    }

    private static (NetlinkFlags Flag, string Name)[] Specific(string message, bool isRequest) => message switch
    {
        "NLMSG_ERROR" or "NLMSG_DONE" => s_outcome,
        "SOCK_DIAG_BY_FAMILY" => s_get,
        _ when message.Contains("_GET", StringComparison.Ordinal) => s_get,
        _ when isRequest && message.Contains("_NEW", StringComparison.Ordinal) => s_new,
        _ => [],
    };

    private static void Take(StringBuilder text, (NetlinkFlags Flag, string Name)[] names, ref NetlinkFlags flags, ref char separator)
    {
        foreach ((NetlinkFlags flag, string name) in names)
        {
            if ((flags & flag) == flag)
            {
                text.Append(separator).Append(name);
                flags &= ~flag;
                separator = '|';
            }
        }
    }
}
