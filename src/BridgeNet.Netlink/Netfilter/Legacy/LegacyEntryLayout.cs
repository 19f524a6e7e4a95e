using System.Text;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Where the parts of an entry lie, in struct ipt_entry or struct ip6t_entry.</summary>
internal sealed class LegacyEntryLayout
{
    private const int InterfaceNameLength = NftValue.InterfaceNameLength;

    private readonly int _masks;
    private readonly int _addressLength;
    private readonly int _interfaces;
    private readonly int _protocol;
    private readonly int _flags;
    private readonly int _invertFlags;
    private readonly int _targetOffset;
    private readonly int _length;
    private readonly byte _goto;

    private LegacyEntryLayout(
        int masks, int addressLength, int interfaces, int protocol, int flags, int invertFlags, int targetOffset, int length, byte @goto)
    {
        _masks = masks;
        _addressLength = addressLength;
        _interfaces = interfaces;
        _protocol = protocol;
        _flags = flags;
        _invertFlags = invertFlags;
        _targetOffset = targetOffset;
        _length = length;
        _goto = @goto;
    }

    /// <summary>struct ipt_entry.</summary>
    public static LegacyEntryLayout IPv4 { get; } = new(
        IptEntry.Masks, 4, IptEntry.InputInterface, IptEntry.Protocol, IptEntry.Flags, IptEntry.InvertFlags, IptEntry.TargetOffset,
        IptEntry.Length, IptEntry.GotoFlag);

    /// <summary>struct ip6t_entry.</summary>
    public static LegacyEntryLayout IPv6 { get; } = new(
        Ip6tEntry.Masks, 16, Ip6tEntry.InputInterface, Ip6tEntry.Protocol, Ip6tEntry.Flags, Ip6tEntry.InvertFlags, Ip6tEntry.TargetOffset,
        Ip6tEntry.Length, Ip6tEntry.GotoFlag);

    /// <summary>The text up to the first NUL.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>Reads the entry at an offset.</summary>
    /// <exception cref="NetlinkFormatException">It does not lie within its bounds.</exception>
    public LegacyEntry Read(ReadOnlySpan<byte> entries, int at)
    {
        ReadOnlySpan<byte> entry = Slice(entries, at, _length, "entry");
        int target = BitConverter.ToUInt16(entry[_targetOffset..]), length = BitConverter.ToUInt16(entry[(_targetOffset + sizeof(ushort))..]);
        if (target < _length || length < target)
        {
            throw new NetlinkFormatException($"iptables entry at {at}: its target is at {target} of {length} bytes");
        }
        entry = Slice(entries, at, length, "entry");
        ReadOnlySpan<byte> header = Slice(entry, target, XtTable.ExtensionHeader, "target");
        string name = Text(header.Slice(XtTable.ExtensionName, XtTable.ExtensionNameLength));
        int? decision = name.Length == 0 ? BitConverter.ToInt32(Slice(entry, target + XtTable.ExtensionHeader, sizeof(int), "verdict")) : null;
        return new LegacyEntry
        {
            Length = length,
            Matches = ValueList.From([.. Interfaces(entry), .. Others(entry), .. Extensions(_length, entry[..target])]),
            Target = name,
            TargetInformation = new NftValue(entry[(target + XtTable.ExtensionHeader)..]),
            Verdict = decision < 0 ? VerdictOf(decision.Value) : null,
            JumpsTo = decision >= 0 ? decision : null,
            IsGoto = (entry[_flags] & _goto) != 0,
        };
    }

    /// <summary>The kernel keeps -NF_… - 1.</summary>
    private static NftVerdict VerdictOf(int decision) =>
        decision == XtTable.Return ? NftVerdict.Return : new NftVerdict((NftVerdictCode)(-decision - 1));

    private List<NftExpression> Interfaces(ReadOnlySpan<byte> entry)
    {
        List<NftExpression> expressions = [];
        byte inverted = entry[_invertFlags];
        Add(MetaKey.InputInterfaceName, entry[_interfaces..], (inverted & XtTable.InvertInput) != 0);
        Add(MetaKey.OutputInterfaceName, entry[(_interfaces + InterfaceNameLength)..], (inverted & XtTable.InvertOutput) != 0);
        return expressions;

        void Add(MetaKey key, ReadOnlySpan<byte> from, bool isInverted)
        {
            ReadOnlySpan<byte> mask = from.Slice(2 * InterfaceNameLength, InterfaceNameLength);
            int length = mask.IndexOf((byte)0) is var zero && zero < 0 ? InterfaceNameLength : zero;
            if (length > 0)
            {
                CompareOperator how = isInverted ? CompareOperator.NotEqual : CompareOperator.Equal;
                expressions.Add(new MetaExpression { Key = key, Register = NftRegister.R1 });
                expressions.Add(new CompareExpression { Register = NftRegister.R1, Operator = how, Value = new NftValue(from[..length]) });
            }
        }
    }

    /// <summary>Addresses, the protocol and fragments, all in one: that they are compared is what matters to most who read this.</summary>
    private IEnumerable<NftExpression> Others(ReadOnlySpan<byte> entry)
    {
        bool hasAddresses = entry.Slice(_masks, 2 * _addressLength).ContainsAnyExcept((byte)0);
        bool any = hasAddresses
            || BitConverter.ToUInt16(entry[_protocol..]) != 0
            || (entry[_flags] & ~_goto) != 0
            || (entry[_invertFlags] & ~(XtTable.InvertInput | XtTable.InvertOutput)) != 0;
        NftValue addresses = hasAddresses ? new NftValue(entry[..(_masks + (2 * _addressLength))]) : default;
        return any ? [new UnknownExpression { Kind = LegacyTable.AddressKind, Data = addresses }] : [];
    }

    private static List<NftExpression> Extensions(int begin, ReadOnlySpan<byte> matches)
    {
        List<NftExpression> expressions = [];
        for (int at = begin; at < matches.Length;)
        {
            ReadOnlySpan<byte> match = Slice(matches, at, XtTable.ExtensionHeader, "match");
            int size = BitConverter.ToUInt16(match);
            if (size < XtTable.ExtensionHeader)
            {
                throw new NetlinkFormatException($"iptables match: {XtTable.ExtensionHeader} bytes at least: got {size}");
            }
            match = Slice(matches, at, size, "match");
            expressions.Add(new CompatExpression
            {
                IsTarget = false,
                Extension = Text(match.Slice(XtTable.ExtensionName, XtTable.ExtensionNameLength)),
                Revision = match[XtTable.ExtensionRevision],
                Information = new NftValue(match[XtTable.ExtensionHeader..]),
            });
            at += size;
        }
        return expressions;
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, int at, int length, string what) =>
        at >= 0 && length <= bytes.Length - at
            ? bytes.Slice(at, length)
            : throw new NetlinkFormatException($"iptables {what} at {at}: wants {length} bytes of {bytes.Length}");
}
