using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>Writes the packet to the kernel's log, or sends it to a netlink group.</summary>
public sealed record LogExpression : NftExpression
{
    internal const string Kind = "log";

    /// <summary>What each line begins with, at most 127 bytes.</summary>
    public string? Prefix { get; init; }

    /// <summary>The level in the kernel's log; null is <see cref="LogLevel.Warning"/>, which is read back as null.</summary>
    public LogLevel? Level { get; init; }

    /// <summary>The group that gets it; null is the kernel's log.</summary>
    public ushort? Group { get; init; }

    /// <summary>How many bytes of the packet a group gets; null is all.</summary>
    public uint? SnapLength { get; init; }

    /// <summary>How many packets wait until a group gets them; null is 1.</summary>
    public ushort? QueueThreshold { get; init; }

    /// <summary>NF_LOG_…: more fields of the packet.</summary>
    public uint? Flags { get; init; }

    /// <inheritdoc/>
    public override string Name => Kind;

    internal override void WriteData(NetlinkWriter writer)
    {
        if (Prefix is { } prefix)
        {
            writer.WriteString(NftaLog.Prefix, prefix);
        }
        if (Level is { } level)
        {
            writer.WriteUInt32BigEndian(NftaLog.Level, (uint)level);
        }
        if (Group is { } group)
        {
            writer.WriteUInt16BigEndian(NftaLog.Group, group);
        }
        if (SnapLength is { } snapLength)
        {
            writer.WriteUInt32BigEndian(NftaLog.SnapLength, snapLength);
        }
        if (QueueThreshold is { } queueThreshold)
        {
            writer.WriteUInt16BigEndian(NftaLog.QueueThreshold, queueThreshold);
        }
        if (Flags is { } flags)
        {
            writer.WriteUInt32BigEndian(NftaLog.Flags, flags);
        }
    }

    /// <summary>Reads the attributes that <see cref="WriteData"/> writes.</summary>
    internal static LogExpression Read(AttributeList attributes)
    {
        string? prefix = null;
        LogLevel? level = null;
        ushort? group = null;
        uint? snapLength = null;
        ushort? queueThreshold = null;
        uint? flags = null;
        foreach (AttributeReader attribute in attributes)
        {
            switch (attribute.Type)
            {
                case NftaLog.Prefix: prefix = attribute.ReadString(); break;
                case NftaLog.Level: level = ReadLevel(attribute); break;
                case NftaLog.Group: group = attribute.ReadUInt16BigEndian(); break;
                case NftaLog.SnapLength: snapLength = attribute.ReadUInt32BigEndian(); break;
                case NftaLog.QueueThreshold: queueThreshold = attribute.ReadUInt16BigEndian(); break;
                case NftaLog.Flags: flags = attribute.ReadUInt32BigEndian(); break;
                default: break;
            }
        }
        return new LogExpression
        {
            Prefix = prefix,
            Level = level,
            Group = group,
            SnapLength = snapLength,
            QueueThreshold = queueThreshold,
            Flags = flags,
        };
    }

    /// <summary>The kernel lists its default too.</summary>
    private static LogLevel? ReadLevel(AttributeReader attribute) =>
        (LogLevel)attribute.ReadUInt32BigEndian() is not LogLevel.Warning and var level ? level : null;
}
