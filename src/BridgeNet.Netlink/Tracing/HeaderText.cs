using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using BridgeNet.Native;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tracing;

/// <summary>The fixed header before the attributes, field by field where the trace knows the struct, else as bytes.</summary>
internal static class HeaderText
{
    /// <summary>Appends the header of a message.</summary>
    public static void Append(StringBuilder text, NetlinkProtocol protocol, MessageSchema schema, ReadOnlySpan<byte> header)
    {
        if (header.Length < schema.HeaderBytes || !TryAppend(text, protocol, schema.Attributes, header))
        {
            ValueText.AppendBytes(text, header);
        }
    }

    private static bool TryAppend(StringBuilder text, NetlinkProtocol protocol, AttributeSchema attributes, ReadOnlySpan<byte> header)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        if (protocol is NetlinkProtocol.Netfilter)
        {
            text.Append(plain, $"family={MemoryMarshal.Read<NfGenMessage>(header).Family}");
        }
        else if (attributes == LinkSchemas.Link || attributes == LinkSchemas.BridgeLink)
        {
            Ifinfomsg link = MemoryMarshal.Read<Ifinfomsg>(header);
            text.Append(plain, $"family={link.Family} index={link.Index} flags=0x{(uint)link.Flags:x} change=0x{(uint)link.Change:x}");
        }
        else if (attributes == RouteSchemas.Address)
        {
            Ifaddrmsg address = MemoryMarshal.Read<Ifaddrmsg>(header);
            text.Append(plain, $"family={address.Family} prefix={address.PrefixLength} index={address.Index}");
        }
        else if (attributes == RouteSchemas.Route)
        {
            Rtmsg route = MemoryMarshal.Read<Rtmsg>(header);
            text.Append(plain, $"family={route.Family} dst_len={route.DestinationLength} table={route.Table} type={(byte)route.Type}");
        }
        else if (attributes == RouteSchemas.Rule)
        {
            FibRuleHeader rule = MemoryMarshal.Read<FibRuleHeader>(header);
            text.Append(plain, $"family={rule.Family} src_len={rule.SourceLength} table={rule.Table} action={rule.Action}");
        }
        else if (attributes == RouteSchemas.Neighbour)
        {
            Ndmsg neighbour = MemoryMarshal.Read<Ndmsg>(header);
            text.Append(plain, $"family={neighbour.Family} index={neighbour.Index} state=0x{(ushort)neighbour.State:x}");
        }
        else if (attributes == RouteSchemas.TrafficControl)
        {
            Tcmsg control = MemoryMarshal.Read<Tcmsg>(header);
            text.Append(plain, $"index={control.Index} handle=0x{control.Handle:x} parent=0x{control.Parent:x}");
        }
        else
        {
            return false;
        }
        return true;
    }
}
