using System.Net;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Netlink.Route;

/// <summary>The values that several of rtnetlink's attributes have.</summary>
internal static class RouteWire
{
    /// <summary>A clock_t of 1/100 s, USER_HZ on every architecture that .NET runs on.</summary>
    private const long TicksPerCentisecond = TimeSpan.TicksPerSecond / 100;

    /// <summary>A u8 that is 0 or 1.</summary>
    public static bool ReadBoolean(this AttributeReader attribute) => attribute.ReadByte() != 0;

    /// <summary>A u8 that is 0 or 1; nothing for null.</summary>
    public static void WriteBoolean(this NetlinkWriter writer, ushort type, bool? value)
    {
        if (value is { } given)
        {
            writer.WriteByte(type, given ? (byte)1 : (byte)0);
        }
    }

    /// <summary>A u32 of 1/100 s.</summary>
    public static TimeSpan ReadCentiseconds(this AttributeReader attribute) => new(attribute.ReadUInt32() * TicksPerCentisecond);

    /// <summary>A u32 of 1/100 s, rounded down; nothing for null.</summary>
    /// <exception cref="NetlinkFormatException">Negative, or more than 497 days.</exception>
    public static void WriteCentiseconds(this NetlinkWriter writer, ushort type, TimeSpan? value)
    {
        if (value is { } given)
        {
            long centiseconds = given.Ticks / TicksPerCentisecond;
            writer.WriteUInt32(type, given >= TimeSpan.Zero && centiseconds <= uint.MaxValue
                ? (uint)centiseconds
                : throw new NetlinkFormatException($"{given} is no time that a u32 of 1/100 s holds"));
        }
    }

    /// <summary>An s32; nothing for null.</summary>
    public static void WriteOptional(this NetlinkWriter writer, ushort type, int? value)
    {
        if (value is { } given)
        {
            writer.WriteInt32(type, given);
        }
    }

    /// <summary>A u32; nothing for null.</summary>
    public static void WriteOptional(this NetlinkWriter writer, ushort type, uint? value)
    {
        if (value is { } given)
        {
            writer.WriteUInt32(type, given);
        }
    }

    /// <summary>A u16; nothing for null.</summary>
    public static void WriteOptional(this NetlinkWriter writer, ushort type, ushort? value)
    {
        if (value is { } given)
        {
            writer.WriteUInt16(type, given);
        }
    }

    /// <summary>The bytes of an address; nothing for null.</summary>
    public static void WriteOptional(this NetlinkWriter writer, ushort type, IPAddress? value)
    {
        if (value is not null)
        {
            value.TryWriteBytes(writer.Attribute(type, RouteFamily.Bits(RouteFamily.Of(value)) / 8), out _);
        }
    }

    /// <summary>The six bytes of a MAC address; nothing for null.</summary>
    public static void WriteOptional(this NetlinkWriter writer, ushort type, MacAddress? value)
    {
        if (value is { } given)
        {
            given.CopyTo(writer.Attribute(type, MacAddress.Length));
        }
    }

    /// <summary>A MAC address; null if the link layer's addresses are of another kind, such as a tunnel's.</summary>
    public static MacAddress? ReadMacAddress(this AttributeReader attribute) =>
        attribute.Value.Length == MacAddress.Length ? MacAddress.From(attribute.Value) : null;

    /// <summary>A link's name; empty for one that is not UTF-8, so that such a link breaks no list.</summary>
    public static InterfaceName ReadInterfaceName(this AttributeReader attribute) =>
        InterfaceName.TryParse(attribute.ReadString(), provider: null, out InterfaceName name) ? name : default;

    /// <summary>A link's name; nothing for the empty one.</summary>
    public static void WriteName(this NetlinkWriter writer, ushort type, InterfaceName name)
    {
        if (!name.IsEmpty)
        {
            writer.WriteString(type, name.ToString());
        }
    }

    /// <summary>An address of the family that the message's header names.</summary>
    /// <exception cref="NetlinkFormatException">It has the length of another family.</exception>
    public static IPAddress ReadAddress(this AttributeReader attribute, byte family) =>
        attribute.Value.Length * 8 == RouteFamily.Bits(family)
            ? attribute.ReadAddress()
            : throw new NetlinkFormatException(
                $"attribute {attribute.Type}: an address of family {family} has {RouteFamily.Bits(family) / 8} bytes: got {attribute.Value.Length}");
}
