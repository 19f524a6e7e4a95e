using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>
/// Extensions of iptables, filled in as iptables-nft fills them in: for rules in tables that iptables-nft manages, which it must be able to read.
/// </summary>
public static class XtExtension
{
    /// <summary>How many ports <see cref="DestinationPorts"/> takes.</summary>
    public const int MostPorts = XtLayout.MultiportMost;

    /// <summary>-m comment: a text of up to 255 bytes, which <c>iptables -S</c> shows.</summary>
    /// <exception cref="ArgumentException">It is longer.</exception>
    public static CompatExpression Comment(string text)
    {
        byte[] info = new byte[XtLayout.CommentSize];
        if (Encoding.UTF8.GetByteCount(text) >= info.Length)
        {
            throw new ArgumentException($"a comment of iptables has at most {info.Length - 1} bytes", nameof(text));
        }
        Encoding.UTF8.GetBytes(text, info);
        return Match("comment", 0, info);
    }

    /// <summary>-m multiport --dports; behind a comparison of the protocol.</summary>
    /// <exception cref="ArgumentException">None, or more than <see cref="MostPorts"/>.</exception>
    public static CompatExpression DestinationPorts(params ReadOnlySpan<ushort> ports)
    {
        if (ports.Length is 0 or > MostPorts)
        {
            throw new ArgumentException($"1 to {MostPorts} ports: got {ports.Length}", nameof(ports));
        }
        byte[] info = new byte[XtLayout.MultiportSize];
        info[0] = XtLayout.MultiportDestination;
        info[XtLayout.MultiportCount] = (byte)ports.Length;
        MemoryMarshal.AsBytes(ports).CopyTo(info.AsSpan(XtLayout.MultiportPorts));
        return Match("multiport", 1, info);
    }

    /// <summary>The ports of a <see cref="DestinationPorts"/>; null if it is something else.</summary>
    public static IReadOnlyList<ushort>? ReadDestinationPorts(CompatExpression expression)
    {
        ReadOnlySpan<byte> info = expression.Information.Bytes;
        if (expression is not { IsTarget: false, Extension: "multiport", Revision: 1 } || info.Length < XtLayout.MultiportSize
            || info[0] != XtLayout.MultiportDestination || info[XtLayout.MultiportCount] > MostPorts)
        {
            return null;
        }
        return MemoryMarshal.Cast<byte, ushort>(info.Slice(XtLayout.MultiportPorts, info[XtLayout.MultiportCount] * sizeof(ushort))).ToArray();
    }

    /// <summary>The text of a <see cref="Comment"/>; null if it is something else.</summary>
    public static string? ReadComment(CompatExpression expression)
    {
        if (expression is not { IsTarget: false, Extension: "comment" })
        {
            return null;
        }
        ReadOnlySpan<byte> info = expression.Information.Bytes;
        int end = info.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? info : info[..end]);
    }

    /// <summary>-m addrtype --dst-type.</summary>
    public static CompatExpression DestinationType(FibAddressType type)
    {
        byte[] info = new byte[XtLayout.AddressTypeSize];
        MemoryMarshal.Write(info.AsSpan(XtLayout.AddressTypeDestination), (ushort)(1 << (int)type));
        return Match("addrtype", 1, info);
    }

    /// <summary>-m conntrack --ctstate.</summary>
    public static CompatExpression ConnectionState(CtStateFlags states)
    {
        byte[] info = new byte[XtLayout.ConntrackSize];
        MemoryMarshal.Write(info.AsSpan(XtConntrack.MatchFlags), XtConntrack.State);
        MemoryMarshal.Write(info.AsSpan(XtConntrack.StateMask), (ushort)states);
        return Match("conntrack", 3, info);
    }

    /// <summary>-j MARK --set-xmark BITS/BITS: sets bits of the packet's mark.</summary>
    public static CompatExpression SetMarkBits(uint bits)
    {
        byte[] info = new byte[XtLayout.MarkSize];
        MemoryMarshal.Write(info, bits);
        MemoryMarshal.Write(info.AsSpan(XtLayout.MarkMask), bits);
        return Target("MARK", 2, info);
    }

    /// <summary>-j MASQUERADE.</summary>
    public static CompatExpression Masquerade(NftFamily family)
    {
        byte[] info = new byte[family is NftFamily.IPv4 ? XtLayout.NatIPv4Size : XtLayout.NatRangeSize];
        if (family is NftFamily.IPv4)
        {
            MemoryMarshal.Write(info, 1u); // one range, of all addresses
        }
        return Target("MASQUERADE", 0, info);
    }

    /// <summary>-j SNAT --to-source ADDRESS; its port stays where it is free.</summary>
    public static CompatExpression SourceNat(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
        {
            byte[] one = new byte[XtLayout.NatIPv4Size];
            MemoryMarshal.Write(one, 1u); // one range
            MemoryMarshal.Write(one.AsSpan(XtLayout.NatIPv4Flags), XtLayout.NatAddresses);
            address.TryWriteBytes(one.AsSpan(XtLayout.NatIPv4Address), out _);
            address.TryWriteBytes(one.AsSpan(XtLayout.NatIPv4LastAddress), out _);
            return Target("SNAT", 0, one);
        }
        byte[] range = new byte[XtLayout.NatRangeSize];
        MemoryMarshal.Write(range, XtLayout.NatAddresses);
        address.TryWriteBytes(range.AsSpan(XtLayout.NatMinAddress), out _);
        address.TryWriteBytes(range.AsSpan(XtLayout.NatMaxAddress), out _);
        return Target("SNAT", 1, range);
    }

    /// <summary>-j DNAT --to-destination ADDRESS:PORT.</summary>
    public static CompatExpression DestinationNat(IPAddress address, ushort port) => DestinationNat(address, port, port, XtLayout.NatBoth, 0);

    /// <summary>-j DNAT --to-destination ADDRESS:FIRST-LAST/BASE: port BASE becomes FIRST, the next one the next.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="first">The first port there.</param>
    /// <param name="last">The last port there.</param>
    /// <param name="basePort">The packet's destination port that becomes the first one.</param>
    public static CompatExpression DestinationNat(IPAddress address, ushort first, ushort last, ushort basePort) =>
        DestinationNat(address, first, last, XtLayout.NatBoth | XtLayout.NatOffset, basePort);

    /// <summary>The address of a <see cref="DestinationNat(IPAddress, ushort)"/>, of any revision; null if it is something else.</summary>
    /// <param name="expression">The target.</param>
    /// <param name="family">The table's: the struct does not say it.</param>
    public static IPAddress? ReadDestinationNat(CompatExpression expression, NftFamily family)
    {
        ReadOnlySpan<byte> info = expression.Information.Bytes;
        if (expression is not { IsTarget: true, Extension: "DNAT" })
        {
            return null;
        }
        return expression.Revision switch
        {
            0 when info.Length >= XtLayout.NatIPv4Size => new IPAddress(info.Slice(XtLayout.NatIPv4Address, sizeof(uint))),
            1 or 2 when info.Length >= XtLayout.NatRangeSize => new IPAddress(info.Slice(XtLayout.NatMinAddress, family is NftFamily.IPv4 ? 4 : 16)),
            _ => null,
        };
    }

    /// <summary>-m sctp --dport FIRST:LAST; behind a comparison of the protocol.</summary>
    public static CompatExpression SctpDestinationPorts(ushort first, ushort last)
    {
        byte[] info = new byte[XtLayout.SctpSize];
        MemoryMarshal.Write(info, first);
        MemoryMarshal.Write(info.AsSpan(sizeof(ushort)), last);
        for (int at = XtLayout.SctpChunkFlags; at < XtLayout.SctpChunkCount; at += XtLayout.SctpChunkFlagSize)
        {
            info[at] = byte.MaxValue; // iptables fills in so what nobody asks for, and compares it when it deletes a rule
        }
        MemoryMarshal.Write(info.AsSpan(XtLayout.SctpFlags), XtLayout.SctpDestination);
        return Match("sctp", 0, info);
    }

    private static CompatExpression DestinationNat(IPAddress address, ushort first, ushort last, uint flags, ushort basePort)
    {
        byte[] info = new byte[XtLayout.NatRange2Size];
        MemoryMarshal.Write(info, flags);
        address.TryWriteBytes(info.AsSpan(XtLayout.NatMinAddress), out _);
        address.TryWriteBytes(info.AsSpan(XtLayout.NatMaxAddress), out _);
        BinaryPrimitives.WriteUInt16BigEndian(info.AsSpan(XtLayout.NatMinPort), first);
        BinaryPrimitives.WriteUInt16BigEndian(info.AsSpan(XtLayout.NatMaxPort), last);
        BinaryPrimitives.WriteUInt16BigEndian(info.AsSpan(XtLayout.NatBasePort), basePort);
        return Target("DNAT", 2, info);
    }

    private static CompatExpression Match(string name, uint revision, byte[] info) => Expression(isTarget: false, name, revision, info);

    private static CompatExpression Target(string name, uint revision, byte[] info) => Expression(isTarget: true, name, revision, info);

    /// <summary>Filled up to a multiple of 8 bytes, as XT_ALIGN does.</summary>
    private static CompatExpression Expression(bool isTarget, string name, uint revision, byte[] info)
    {
        const int Alignment = 8;
        Array.Resize(ref info, (info.Length + Alignment - 1) & -Alignment);
        return new CompatExpression { IsTarget = isTarget, Extension = name, Revision = revision, Information = new NftValue(info) };
    }
}
