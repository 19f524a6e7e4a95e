using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Goes on only while packets come more slowly than a rate, or only when they come faster.</summary>
public sealed record LimitExpression : NftExpression
{
    internal const string Kind = "limit";

    /// <summary>How many in a unit.</summary>
    public required ulong Rate { get; init; }

    /// <summary>The unit, in seconds.</summary>
    public required ulong UnitSeconds { get; init; }

    /// <summary>How many more at once; nft's own default is 5 packets.</summary>
    public uint Burst { get; init; } = 5;

    /// <summary>What is counted.</summary>
    public LimitType Type { get; init; }

    /// <summary>Whether the rule continues above the rate instead of below it.</summary>
    public bool Over { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        writer.WriteUInt64BigEndian(NftaLimit.Rate, Rate);
        writer.WriteUInt64BigEndian(NftaLimit.Unit, UnitSeconds);
        writer.WriteUInt32BigEndian(NftaLimit.Burst, Burst);
        writer.WriteUInt32BigEndian(NftaLimit.Type, (uint)Type);
        writer.WriteUInt32BigEndian(NftaLimit.Flags, Over ? NftExpressionBits.LimitInverted : 0);
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes; null if they have another form.</summary>
    internal static LimitExpression? Read(AttributeList attributes)
    {
        ulong? rate = null, unit = null;
        uint burst = 0, flags = 0;
        LimitType type = LimitType.Packets;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaLimit.Rate: rate = attribute.ReadUInt64BigEndian(); break;
                case NftaLimit.Unit: unit = attribute.ReadUInt64BigEndian(); break;
                case NftaLimit.Burst: burst = attribute.ReadUInt32BigEndian(); break;
                case NftaLimit.Type: type = (LimitType)attribute.ReadUInt32BigEndian(); break;
                case NftaLimit.Flags: flags = attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return rate is not null && unit is not null && flags <= NftExpressionBits.LimitInverted
            ? new LimitExpression
            {
                Rate = rate.Value,
                UnitSeconds = unit.Value,
                Burst = burst,
                Type = type,
                Over = flags == NftExpressionBits.LimitInverted,
            }
            : null;
    }
}
