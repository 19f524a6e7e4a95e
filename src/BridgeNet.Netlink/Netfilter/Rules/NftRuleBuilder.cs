using System.Net;
using System.Text;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>
/// Writes a rule the way it is read: <c>chain.Rule().NotIn("bridges", NftField.InputInterface).Match(NftField.IPv4Destination, subnet).Drop()</c>.
/// What nft adds unseen, such as that ip addresses are only in IPv4 packets, is added here too, so that <c>nft list</c> shows the rule as written.
/// </summary>
public sealed partial class NftRuleBuilder
{
    private const int WordBytes = 4;
    private const int WordsPerRegister = 4;

    private readonly NftTableId _table;
    private readonly string _chain;
    private readonly List<NftExpression> _expressions = [];
    private readonly NftDependencies _dependencies;
    private string? _comment;

    /// <summary>Begins a rule of a chain.</summary>
    public NftRuleBuilder(NftTableId table, string chain)
    {
        _table = table;
        _chain = chain;
        _dependencies = new NftDependencies(table.Family);
    }

    /// <summary>Goes on if a field has a value.</summary>
    public NftRuleBuilder Match(NftField field, NftValue value) => Compare(field, CompareOperator.Equal, value);

    /// <summary>Goes on unless a field has a value.</summary>
    public NftRuleBuilder MatchNot(NftField field, NftValue value) => Compare(field, CompareOperator.NotEqual, value);

    /// <summary>Goes on if an interface is that.</summary>
    public NftRuleBuilder Match(NftField field, InterfaceName name) => Match(field, NftValue.Interface(name));

    /// <summary>Goes on unless an interface is that.</summary>
    public NftRuleBuilder MatchNot(NftField field, InterfaceName name) => MatchNot(field, NftValue.Interface(name));

    /// <summary>Goes on if an interface's name begins so, as nft's <c>iifname "veth*"</c>.</summary>
    public NftRuleBuilder MatchPrefix(NftField field, string prefix) => Match(field, new NftValue(Encoding.UTF8.GetBytes(prefix)));

    /// <summary>Goes on if an address is that.</summary>
    public NftRuleBuilder Match(NftField field, IPAddress address) => Match(field, NftValue.Address(address));

    /// <summary>Goes on unless an address is that.</summary>
    public NftRuleBuilder MatchNot(NftField field, IPAddress address) => MatchNot(field, NftValue.Address(address));

    /// <summary>Goes on if an address is of a subnet.</summary>
    public NftRuleBuilder Match(NftField field, IPNetwork subnet) => CompareSubnet(field, CompareOperator.Equal, subnet);

    /// <summary>Goes on unless an address is of a subnet.</summary>
    public NftRuleBuilder MatchNot(NftField field, IPNetwork subnet) => CompareSubnet(field, CompareOperator.NotEqual, subnet);

    /// <summary>Goes on if a port is that.</summary>
    public NftRuleBuilder Match(NftField field, ushort port) => Match(field, NftValue.Port(port));

    /// <summary>Goes on if the destination, or the source, is such an address to this host.</summary>
    public NftRuleBuilder Match(NftField field, FibAddressType type) => Match(field, NftValue.UInt32((uint)type));

    /// <summary>Goes on if a field lies in a range, both ends included. The field's bytes are compared in their order.</summary>
    public NftRuleBuilder MatchRange(NftField field, NftValue first, NftValue last)
    {
        NftRegister register = Load(field);
        Add(new CompareExpression { Register = register, Operator = CompareOperator.GreaterOrEqual, Value = first });
        return Add(new CompareExpression { Register = register, Operator = CompareOperator.LessOrEqual, Value = last });
    }

    /// <summary>Goes on if the connection is in one of these states.</summary>
    public NftRuleBuilder MatchState(CtStateFlags states) => MatchAny(NftField.ConnectionState, (uint)states);

    /// <summary>Goes on if one of these happened to the connection.</summary>
    public NftRuleBuilder MatchStatus(CtStatusFlags status) => MatchAny(NftField.ConnectionStatus, (uint)status);

    /// <summary>Goes on if one of these bits is set in a field of 4 bytes in host order.</summary>
    public NftRuleBuilder MatchAny(NftField field, uint bits)
    {
        NftRegister register = LoadMasked(field, NftValue.UInt32(bits));
        return Add(new CompareExpression { Register = register, Operator = CompareOperator.NotEqual, Value = NftValue.UInt32(0) });
    }

    /// <summary>Goes on if the bits of a field that a mask has are those of a value.</summary>
    public NftRuleBuilder MatchMasked(NftField field, NftValue mask, NftValue value)
    {
        NftRegister register = LoadMasked(field, mask);
        return Add(new CompareExpression { Register = register, Operator = CompareOperator.Equal, Value = value });
    }

    /// <summary>Goes on if a set has the field, or the concatenation of the fields.</summary>
    public NftRuleBuilder In(string set, params ReadOnlySpan<NftField> fields) => Lookup(set, fields, target: null, invert: false);

    /// <summary>Goes on unless a set has the field, or the concatenation of the fields.</summary>
    public NftRuleBuilder NotIn(string set, params ReadOnlySpan<NftField> fields) => Lookup(set, fields, target: null, invert: true);

    /// <summary>The comment that <c>nft list</c> shows behind the rule.</summary>
    public NftRuleBuilder Comment(string? comment)
    {
        _comment = comment;
        return this;
    }

    /// <summary>Any expression.</summary>
    public NftRuleBuilder Add(NftExpression expression)
    {
        _expressions.Add(expression);
        return this;
    }

    /// <summary>The rule as built so far.</summary>
    public NftRule Build() => new() { Table = _table, Chain = _chain, Expressions = ValueList.From(_expressions), Comment = _comment };

    private NftRuleBuilder Compare(NftField field, CompareOperator how, NftValue value) =>
        Add(new CompareExpression { Register = Load(field), Operator = how, Value = value });

    private NftRuleBuilder CompareSubnet(NftField field, CompareOperator how, IPNetwork subnet)
    {
        byte[] address = subnet.BaseAddress.GetAddressBytes();
        int bits = subnet.PrefixLength;
        if (bits > 0 && bits % 8 == 0 && field.LoadFirst(NftRegister.R1, (uint)bits / 8) is { } load)
        {
            _dependencies.Require(field.Layer, _expressions);
            Add(load);
            return Add(new CompareExpression { Register = NftRegister.R1, Operator = how, Value = new NftValue(address.AsSpan(0, bits / 8)) });
        }
        NftRegister register = LoadMasked(field, new NftValue(MaskOf(address.Length, bits)));
        return Add(new CompareExpression { Register = register, Operator = how, Value = new NftValue(address) });
    }

    private static byte[] MaskOf(int length, int bits)
    {
        byte[] mask = new byte[length];
        for (int bit = 0; bit < bits; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }
        return mask;
    }

    private NftRegister Load(NftField field)
    {
        _dependencies.Require(field.Layer, _expressions);
        Add(field.Load(NftRegister.R1));
        return NftRegister.R1;
    }

    private NftRegister LoadMasked(NftField field, NftValue mask)
    {
        NftRegister register = Load(field);
        Add(new BitwiseExpression
        {
            Source = register,
            Target = register,
            Length = (uint)mask.Length,
            Mask = mask,
            Xor = new NftValue(new byte[mask.Length]),
        });
        return register;
    }

    private NftRuleBuilder Lookup(string set, ReadOnlySpan<NftField> fields, NftRegister? target, bool invert)
    {
        int word = 0;
        foreach (NftField field in fields)
        {
            _dependencies.Require(field.Layer, _expressions);
        }
        foreach (NftField field in fields)
        {
            Add(field.Load(RegisterAt(word)));
            word += NftKey.AlignPart(field.Type.Length) / WordBytes;
        }
        return Add(new LookupExpression { Set = set, Source = NftRegister.R1, Target = target, Invert = invert });
    }

    /// <summary>The register that begins at a word, as nft and the kernel name it.</summary>
    private static NftRegister RegisterAt(int word) =>
        word % WordsPerRegister == 0 ? NftRegister.R1 + (uint)(word / WordsPerRegister) : NftRegister.Word0 + (uint)word;
}
