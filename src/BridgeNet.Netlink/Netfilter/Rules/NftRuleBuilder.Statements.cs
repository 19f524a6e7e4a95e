using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>The statements of a rule, done with the packets that match. A statement that ends the rule returns it.</summary>
public sealed partial class NftRuleBuilder
{
    /// <summary>Counts packets and bytes.</summary>
    public NftRuleBuilder Counter() => Add(new CounterExpression());

    /// <summary>Counts packets and bytes in an object of the table.</summary>
    public NftRuleBuilder Counter(string name) => Add(new ObjectReferenceExpression { Type = NftObjectType.Counter, ObjectName = name });

    /// <summary>Writes packets to the kernel's log.</summary>
    /// <param name="prefix">What each line begins with, at most 127 bytes.</param>
    public NftRuleBuilder Log(string prefix) => Add(new LogExpression { Prefix = prefix });

    /// <summary>Goes on while no more than so many packets come in a time.</summary>
    /// <param name="packets">How many.</param>
    /// <param name="seconds">In how many seconds.</param>
    public NftRuleBuilder Limit(ulong packets, ulong seconds = 1) => Add(new LimitExpression { Rate = packets, UnitSeconds = seconds });

    /// <summary>Sets the packet's mark.</summary>
    public NftRuleBuilder SetMark(uint mark)
    {
        Add(new ImmediateExpression { Register = NftRegister.R1, Value = NftValue.UInt32(mark) });
        return Add(new MetaSetExpression { Key = MetaKey.Mark, Register = NftRegister.R1 });
    }

    /// <summary>Sets the connection's mark.</summary>
    public NftRuleBuilder SetConnectionMark(uint mark)
    {
        Add(new ImmediateExpression { Register = NftRegister.R1, Value = NftValue.UInt32(mark) });
        return Add(new CtSetExpression { Key = CtKey.Mark, Register = NftRegister.R1 });
    }

    /// <summary>Lets packets go on to the next base chain.</summary>
    public NftRule Accept() => Decide(NftVerdict.Accept);

    /// <summary>Drops packets.</summary>
    public NftRule Drop() => Decide(NftVerdict.Drop);

    /// <summary>Goes back to where the chain was entered, or to its policy.</summary>
    public NftRule Return() => Decide(NftVerdict.Return);

    /// <summary>Goes through a chain, and back.</summary>
    public NftRule Jump(string chain) => Decide(NftVerdict.Jump(chain));

    /// <summary>Goes to a chain for good.</summary>
    public NftRule Goto(string chain) => Decide(NftVerdict.Goto(chain));

    /// <summary>Takes the verdict that a map has for the field, or the concatenation of the fields; without one the rule continues.</summary>
    public NftRule VerdictMap(string map, params ReadOnlySpan<NftField> fields) => Lookup(map, fields, NftRegister.Verdict, invert: false).Build();

    /// <summary>Refuses packets with an ICMP message of their family.</summary>
    public NftRule Reject(IcmpxCode code = IcmpxCode.PortUnreachable) =>
        Add(new RejectExpression { Type = RejectType.IcmpxUnreachable, Code = (byte)code }).Build();

    /// <summary>Refuses TCP packets with a reset.</summary>
    public NftRule RejectWithReset()
    {
        _dependencies.Require(NftProtocolLayer.Tcp, _expressions);
        return Add(new RejectExpression { Type = RejectType.TcpReset }).Build();
    }

    /// <summary>Gives packets the address of the interface by which they leave.</summary>
    public NftRule Masquerade(NatFlags flags = NatFlags.None) => Add(new MasqueradeExpression { Flags = flags }).Build();

    /// <summary>Sends packets to this host itself, and to a port of it.</summary>
    /// <param name="port">Null leaves the port; a port wants the packets' transport protocol matched before.</param>
    public NftRule Redirect(ushort? port = null)
    {
        if (port is { } number)
        {
            Add(new ImmediateExpression { Register = NftRegister.R1, Value = NftValue.Port(number) });
        }
        return Add(new RedirectExpression { PortMin = port is null ? null : NftRegister.R1 }).Build();
    }

    /// <summary>Sends packets to an address, and to a port of it.</summary>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="port">Null leaves the port; a port wants the packets' transport protocol matched before.</param>
    public NftRule DestinationNat(IPAddress address, ushort? port = null) => Nat(NatType.Destination, address, port);

    /// <summary>Gives packets a source address, and a port.</summary>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="port">Null lets the kernel choose; a port wants the packets' transport protocol matched before.</param>
    public NftRule SourceNat(IPAddress address, ushort? port = null) => Nat(NatType.Source, address, port);

    /// <summary>Sends packets to the address and port that a map has for the concatenation of the fields; without one it does nothing.</summary>
    /// <param name="family"><see cref="NftFamily.IPv4"/> or <see cref="NftFamily.IPv6"/>.</param>
    /// <param name="map">A map to <c>ipv4_addr . inet_service</c>, or ipv6_addr.</param>
    /// <param name="fields">The map's key.</param>
    public NftRule DestinationNatMap(NftFamily family, string map, params ReadOnlySpan<NftField> fields)
    {
        Lookup(map, fields, NftRegister.R1, invert: false);
        int addressWords = (family is NftFamily.IPv4 ? NftType.IPv4Address.Length : NftType.IPv6Address.Length) / WordBytes;
        return Nat(NatType.Destination, family, RegisterAt(addressWords));
    }

    /// <summary>Sends packets to the address that a map has for the fields together, and keeps the port; without one it does nothing.</summary>
    /// <param name="family"><see cref="NftFamily.IPv4"/> or <see cref="NftFamily.IPv6"/>.</param>
    /// <param name="map">A map to <c>ipv4_addr</c>, or ipv6_addr.</param>
    /// <param name="fields">The map's key.</param>
    public NftRule DestinationAddressMap(NftFamily family, string map, params ReadOnlySpan<NftField> fields)
    {
        Lookup(map, fields, NftRegister.R1, invert: false);
        return Nat(NatType.Destination, family, port: null);
    }

    /// <summary>Gives packets the source address that a map has for the field, or for the fields together; without one it does nothing.</summary>
    /// <param name="family"><see cref="NftFamily.IPv4"/> or <see cref="NftFamily.IPv6"/>.</param>
    /// <param name="map">A map to <c>ipv4_addr</c>, or ipv6_addr.</param>
    /// <param name="fields">The map's key.</param>
    public NftRule SourceNatMap(NftFamily family, string map, params ReadOnlySpan<NftField> fields)
    {
        Lookup(map, fields, NftRegister.R1, invert: false);
        return Nat(NatType.Source, family, port: null);
    }

    private NftRule Decide(NftVerdict verdict) => Add(new VerdictExpression { Verdict = verdict }).Build();

    private NftRule Nat(NatType type, IPAddress address, ushort? port)
    {
        NftFamily family = address.AddressFamily is AddressFamily.InterNetwork ? NftFamily.IPv4 : NftFamily.IPv6;
        Add(new ImmediateExpression { Register = NftRegister.R1, Value = NftValue.Address(address) });
        if (port is { } number)
        {
            Add(new ImmediateExpression { Register = NftRegister.R2, Value = NftValue.Port(number) });
        }
        return Nat(type, family, port is null ? null : NftRegister.R2);
    }

    private NftRule Nat(NatType type, NftFamily family, NftRegister? port) => Add(new NatExpression
    {
        Type = type,
        Family = family,
        AddressMin = NftRegister.R1,
        PortMin = port,
    }).Build();
}
