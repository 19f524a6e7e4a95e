using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>The registers of a rule's expressions for a packet like the sample. Each bit is known or unknown.</summary>
internal sealed class PacketRegisters(ForwardSample sample)
{
    private const int Size = 64, WordBytes = 4, RegisterBytes = 16;
    private const byte AllBits = byte.MaxValue;
    private const ushort EthernetIPv4 = 0x0800, EthernetIPv6 = 0x86dd;

    private readonly byte[] _values = new byte[Size];
    private readonly byte[] _known = new byte[Size];
    private readonly HashSet<int> _otherThanBridge = [];

    private readonly NftValue _bridgeName = sample.Bridge is { } bridge ? NftValue.Interface(bridge.Device) : default;

    /// <summary>Loads what the expression loads, as far as the sample knows it.</summary>
    public void Load(MetaExpression expression)
    {
        bool isInput = expression.Key is MetaKey.InputInterface or MetaKey.InputInterfaceName;
        Forget(expression.Register);
        switch (expression.Key)
        {
            case MetaKey.InputInterfaceName or MetaKey.OutputInterfaceName when sample.Bridge is null:
                break;
            case MetaKey.InputInterfaceName or MetaKey.OutputInterfaceName when sample.IsByBridge(isInput):
                Set(expression.Register, _bridgeName);
                break;
            case MetaKey.OutputInterfaceName when sample is { IsFromContainer: true, Bridge.Egress: { } egress }:
                Set(expression.Register, NftValue.Interface(egress));
                break;
            case MetaKey.InputInterfaceName or MetaKey.OutputInterfaceName:
                _otherThanBridge.Add(OffsetOf(expression.Register));
                break;
            case MetaKey.InputInterface or MetaKey.OutputInterface when sample.IsByBridge(isInput) && sample.Bridge?.Index is { } index:
                Set(expression.Register, NftValue.UInt32((uint)index));
                break;
            case MetaKey.NetfilterProtocol:
                Set(expression.Register, NftValue.Byte((byte)sample.Family));
                break;
            case MetaKey.Protocol:
                Set(expression.Register, NftValue.Port(sample.Family is NftFamily.IPv4 ? EthernetIPv4 : EthernetIPv6));
                break;
            default:
                break;
        }
    }

    /// <summary>Loads what the expression loads, as far as the sample knows it.</summary>
    public void Load(CtExpression expression)
    {
        Forget(expression.Register);
        if (expression.Key is CtKey.State)
        {
            Set(expression.Register, NftValue.UInt32((uint)sample.State));
        }
        else if (expression.Key is CtKey.Status)
        {
            NftValue translated = NftValue.UInt32((uint)CtStatusFlags.DestinationNat);
            Set(expression.Register, sample.IsPublished ? translated : NftValue.UInt32(0), translated.Bytes);
        }
    }

    /// <summary>Loads a value.</summary>
    public void Load(ImmediateExpression expression)
    {
        Forget(expression.Register);
        Set(expression.Register, expression.Value);
    }

    /// <summary>Computes on registers.</summary>
    public void Load(BitwiseExpression expression)
    {
        int from = OffsetOf(expression.Source), length = (int)expression.Length;
        if (from + length > Size || expression.Mask.Length < length || expression.Xor.Length < length)
        {
            Forget(expression.Target);
            return;
        }
        byte[] values = new byte[length], known = new byte[length];
        for (int i = 0; i < length; i++)
        {
            byte mask = expression.Mask.Bytes[i];
            values[i] = (byte)((_values[from + i] & mask) ^ expression.Xor.Bytes[i]);
            known[i] = (byte)(_known[from + i] | ~mask);
        }
        Forget(expression.Target);
        Set(expression.Target, new NftValue(values), known);
    }

    /// <summary>Makes a register and those behind it unknown.</summary>
    public void Forget(NftRegister register)
    {
        int from = OffsetOf(register);
        _known.AsSpan(from).Clear();
        _otherThanBridge.RemoveWhere(offset => offset >= from);
    }

    /// <summary>Whether a register begins with a value; null if unknown.</summary>
    public bool? Equal(NftRegister register, NftValue value)
    {
        int from = OffsetOf(register);
        if (from + value.Length > Size)
        {
            return null;
        }
        bool isKnown = true;
        for (int i = 0; i < value.Length; i++)
        {
            if (((_values[from + i] ^ value.Bytes[i]) & _known[from + i]) != 0)
            {
                return false;
            }
            isKnown &= _known[from + i] == AllBits;
        }
        return isKnown ? true : HoldsBridgeWhereItIsNot(from, value.Bytes) ? false : null;
    }

    /// <summary>A register's bytes if all are known.</summary>
    public NftValue? Known(NftRegister register, int length)
    {
        int from = OffsetOf(register);
        return from + length <= Size && !_known.AsSpan(from, length).ContainsAnyExcept(AllBits) ? new NftValue(_values.AsSpan(from, length)) : null;
    }

    /// <summary>Whether a value has the bridge's whole name where the packet has another interface's.</summary>
    private bool HoldsBridgeWhereItIsNot(int from, ReadOnlySpan<byte> value)
    {
        foreach (int offset in _otherThanBridge)
        {
            if (offset < from || offset - from >= value.Length)
            {
                continue;
            }
            ReadOnlySpan<byte> name = value[(offset - from)..];
            int length = name.IndexOf((byte)0);
            if (length > 0 && _bridgeName.Bytes[..(length + 1)].SequenceEqual(name[..(length + 1)]))
            {
                return true;
            }
        }
        return false;
    }

    private void Set(NftRegister register, NftValue value) => Set(register, value, known: default);

    private void Set(NftRegister register, NftValue value, ReadOnlySpan<byte> known)
    {
        int at = OffsetOf(register), length = Math.Min(value.Length, Size - at);
        value.Bytes[..length].CopyTo(_values.AsSpan(at));
        if (known.IsEmpty)
        {
            _known.AsSpan(at, length).Fill(AllBits);
        }
        else
        {
            known[..length].CopyTo(_known.AsSpan(at));
        }
    }

    private static int OffsetOf(NftRegister register) => register switch
    {
        >= NftRegister.Word0 and <= NftRegister.Word15 => (int)(register - NftRegister.Word0) * WordBytes,
        >= NftRegister.R1 and <= NftRegister.R4 => (int)(register - NftRegister.R1) * RegisterBytes,
        _ => 0,
    };
}
