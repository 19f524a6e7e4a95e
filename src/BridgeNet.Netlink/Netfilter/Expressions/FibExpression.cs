using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Looks up a route for the packet.</summary>
public sealed record FibExpression : NftExpression
{
    internal const string Kind = "fib";

    /// <summary>Where the result goes.</summary>
    public required NftRegister Register { get; init; }

    /// <summary>What is wanted.</summary>
    public required FibResult Result { get; init; }

    /// <summary>The result of the lookup and its keys.</summary>
    public required FibFlags Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt32BigEndian(NftaFib.Register, (uint)Register);
        writer.WriteUInt32BigEndian(NftaFib.Result, (uint)Result);
        writer.WriteUInt32BigEndian(NftaFib.Flags, (uint)Flags);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static FibExpression? Read(AttributeList attributes)
    {
        NftRegister? register = null;
        FibResult? result = null;
        FibFlags? flags = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaFib.Register: register = (NftRegister)attribute.ReadUInt32BigEndian(); break;
                case NftaFib.Result: result = (FibResult)attribute.ReadUInt32BigEndian(); break;
                case NftaFib.Flags: flags = (FibFlags)attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return register is not null && result is not null && flags is not null
            ? new FibExpression { Register = register.Value, Result = result.Value, Flags = flags.Value }
            : null;
    }
}
