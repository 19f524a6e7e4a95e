using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <content>As the message of a filter.</content>
public sealed partial record TrafficFilter
{
    private const string MirrorKind = "mirred";

    /// <summary>Actions are numbered from here, in the order in which they are done.</summary>
    private const ushort FirstAction = 1;

    /// <summary>Reads an RTM_NEWTFILTER.</summary>
    /// <exception cref="NetlinkFormatException">Not such a message.</exception>
    [SetsRequiredMembers]
    internal TrafficFilter(NetlinkMessage message)
    {
        Tcmsg header = message.Header<Tcmsg>();
        LinkIndex = header.Index;
        Parent = TrafficHandle.FromWire(header.Parent);
        Priority = PriorityOf(header);
        Handle = header.Handle;
        AttributeList attributes = message.Attributes<Tcmsg>();
        Kind = attributes.TryFind(Tca.Kind, out AttributeReader kind)
            ? kind.ReadString()
            : throw new NetlinkFormatException("a message of a filter has no TCA_KIND");
        if (Kind is U32 && attributes.TryFind(Tca.Options, out AttributeReader options) && IsForEveryPacket(header, options.Attributes))
        {
            RedirectTo = ReadRedirect(options.Attributes);
        }
    }

    /// <summary>The priority in a filter's header.</summary>
    internal static ushort PriorityOf(in Tcmsg header) => (ushort)(header.Information >> 16);

    /// <summary>Writes header and attributes; all but a deletion need <see cref="RedirectTo"/>.</summary>
    internal void Write(NetlinkWriter writer, bool isDeletion = false)
    {
        writer.WriteHeader(new Tcmsg
        {
            Index = LinkIndex,
            Handle = Handle,
            Parent = Parent.Value,
            Information = ((uint)Priority << 16) | NetworkOrder(TcValue.EveryProtocol),
        });
        writer.WriteString(Tca.Kind, Kind);
        if (!isDeletion)
        {
            using (writer.Nest(Tca.Options))
            {
                WriteRedirect(writer, RedirectTo.GetValueOrDefault());
            }
        }
    }

    private static void WriteRedirect(NetlinkWriter writer, int target)
    {
        using (writer.Nest(TcaU32.Actions))
        using (writer.Nest(FirstAction))
        {
            writer.WriteString(TcaAction.Kind, MirrorKind);
            using (writer.Nest(TcaAction.Options))
            {
                MemoryMarshal.Write(
                    writer.Attribute(TcaMirror.Parameters, Unsafe.SizeOf<TcMirror>()),
                    new TcMirror { Action = TcValue.Stolen, Transfer = TcValue.RedirectToEgress, LinkIndex = target });
            }
        }
        Span<byte> everyPacket = writer.Attribute(TcaU32.Selector, Unsafe.SizeOf<TcU32Selector>() + Unsafe.SizeOf<TcU32Key>());
        MemoryMarshal.Write(everyPacket, new TcU32Selector { Flags = TcValue.TerminalFilter, KeyCount = 1 });
    }

    private static bool IsForEveryPacket(in Tcmsg header, AttributeList options)
    {
        if ((ushort)header.Information != NetworkOrder(TcValue.EveryProtocol) || !options.TryFind(TcaU32.Selector, out AttributeReader selector))
        {
            return false;
        }
        int keys = selector.ReadStruct<TcU32Selector>().KeyCount;
        ReadOnlySpan<byte> rest = selector.Value[Unsafe.SizeOf<TcU32Selector>()..];
        for (; keys > 0 && MemoryMarshal.TryRead(rest, out TcU32Key key) && key.Mask == 0; keys--)
        {
            rest = rest[Unsafe.SizeOf<TcU32Key>()..];
        }
        return keys == 0;
    }

    /// <returns>Null if the first action is another, or there is none.</returns>
    private static int? ReadRedirect(AttributeList options) =>
        options.TryFind(TcaU32.Actions, out AttributeReader actions)
        && actions.Attributes.TryFind(FirstAction, out AttributeReader action)
        && action.Attributes.TryFind(TcaAction.Kind, out AttributeReader kind)
        && kind.ReadString() is MirrorKind
        && action.Attributes.TryFind(TcaAction.Options, out AttributeReader mirror)
        && mirror.Attributes.TryFind(TcaMirror.Parameters, out AttributeReader parameters)
        && parameters.ReadStruct<TcMirror>() is { Transfer: TcValue.RedirectToEgress, Action: TcValue.Stolen, LinkIndex: int target }
            ? target
            : null;

    private static ushort NetworkOrder(ushort protocol) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(protocol) : protocol;
}
