using System.Net;
using System.Text.Json;

using BridgeNet.Definitions;
using BridgeNet.Native;
using BridgeNet.Netlink;

namespace BridgeNet.State;

/// <summary>The kinds of values in records. All are read strictly: a value of another type or an invalid one is refused.</summary>
internal static class JsonForms
{
    /// <summary>A string.</summary>
    public static JsonForm<string> Text { get; } = new(ReadText, static (writer, value) => writer.WriteStringValue(value));

    /// <summary>true or false.</summary>
    public static JsonForm<bool> Flag { get; } = new(
        static (ref reader) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw RecordJson.Unexpected(ref reader),
        },
        static (writer, value) => writer.WriteBooleanValue(value));

    /// <summary>A number of 32 bits.</summary>
    public static JsonForm<int> Number { get; } = NumberFrom(int.MinValue, int.MaxValue);

    /// <summary>A number of 32 bits that may be left out.</summary>
    public static JsonForm<int?> OptionalNumber { get; } = OptionalNumberFrom(int.MinValue, int.MaxValue);

    /// <summary>A flag that is left out where it is not set: records of older versions do not have it.</summary>
    public static JsonForm<bool?> OptionalFlag { get; } = new(
        static (ref reader) => Flag.Read(ref reader),
        static (writer, value) => writer.WriteBooleanValue(value.GetValueOrDefault()),
        static value => value is not true);

    /// <summary>A number of 64 bits that may be left out.</summary>
    public static JsonForm<long?> OptionalLong { get; } =
        new(static (ref reader) => ReadLong(ref reader), static (writer, value) => writer.WriteNumberValue(value.GetValueOrDefault()));

    /// <summary>A time in whole milliseconds.</summary>
    public static JsonForm<TimeSpan> Milliseconds { get; } = new(
        static (ref reader) => TimeSpan.FromMilliseconds(ReadNumber(ref reader, int.MinValue, int.MaxValue)),
        static (writer, value) => writer.WriteNumberValue((int)value.TotalMilliseconds));

    /// <summary>172.17.0.1.</summary>
    public static JsonForm<IPAddress> Address { get; } = Formatted(IPAddress.Parse);

    /// <summary>172.17.0.0/16.</summary>
    public static JsonForm<IPNetwork> Subnet { get; } = Formatted(IPNetwork.Parse);

    /// <summary>172.17.0.0/16, or left out.</summary>
    public static JsonForm<IPNetwork?> OptionalSubnet { get; } = Formatted<IPNetwork?>(static text => IPNetwork.Parse(text));

    /// <summary>172.17.0.2/16, with the host's bits.</summary>
    public static JsonForm<InterfaceAddress> InterfaceAddress { get; } = Formatted(static text => Netlink.InterfaceAddress.Parse(text));

    /// <summary>eth0.</summary>
    public static JsonForm<InterfaceName> InterfaceName { get; } = Formatted(static text => Netlink.InterfaceName.Parse(text));

    /// <summary>02:42:ac:11:00:02.</summary>
    public static JsonForm<MacAddress> MacAddress { get; } = Formatted(static text => Netlink.MacAddress.Parse(text));

    /// <summary>nat, nat-unprotected, routed or isolated.</summary>
    public static JsonForm<GatewayMode> GatewayMode { get; } = Formatted(GatewayModes.Parse, GatewayModes.NameOf);

    /// <summary>tcp, udp or sctp.</summary>
    public static JsonForm<TransportProtocol> Protocol { get; } =
        Formatted(static text => PublishedPort.ParseProtocol(text), PublishedPort.NameOf);

    /// <summary>A namespace's device and inode, as 4:4026532000.</summary>
    public static JsonForm<FileIdentity> Identity { get; } = Formatted(SandboxIdentity.Parse, SandboxIdentity.Format);

    /// <summary>A number from a least to a most.</summary>
    public static JsonForm<int> NumberFrom(int least, int most) =>
        new((ref reader) => ReadNumber(ref reader, least, most), static (writer, value) => writer.WriteNumberValue(value));

    /// <summary>A number from a least to a most that may be left out.</summary>
    public static JsonForm<int?> OptionalNumberFrom(int least, int most) =>
        new((ref reader) => ReadNumber(ref reader, least, most), static (writer, value) => writer.WriteNumberValue(value.GetValueOrDefault()));

    /// <summary>An array.</summary>
    public static JsonForm<ValueList<T>> ListOf<T>(JsonForm<T> item) => new(
        (ref reader) =>
        {
            RecordJson.Expect(ref reader, JsonTokenType.StartArray);
            List<T> list = [];
            while (RecordJson.Next(ref reader) is not JsonTokenType.EndArray)
            {
                list.Add(item.Read(ref reader));
            }
            return ValueList.From(list);
        },
        (writer, list) =>
        {
            writer.WriteStartArray();
            foreach (T value in list.AsSpan())
            {
                item.Write(writer, value);
            }
            writer.WriteEndArray();
        },
        static list => list.Count == 0);

    /// <summary>An object whose members' names are keys, in the order of the list.</summary>
    public static JsonForm<ValueList<KeyValuePair<string, T>>> PairsOf<T>(JsonForm<T> item) => new(
        (ref reader) =>
        {
            RecordJson.Expect(ref reader, JsonTokenType.StartObject);
            List<KeyValuePair<string, T>> pairs = [];
            while (RecordJson.TryNextMember(ref reader))
            {
                string name = reader.GetString()!;
                _ = RecordJson.Next(ref reader);
                pairs.Add(KeyValuePair.Create(name, item.Read(ref reader)));
            }
            return ValueList.From(pairs);
        },
        (writer, pairs) =>
        {
            writer.WriteStartObject();
            foreach ((string name, T value) in pairs.AsSpan())
            {
                writer.WritePropertyName(name);
                item.Write(writer, value);
            }
            writer.WriteEndObject();
        },
        static pairs => pairs.Count == 0);

    /// <summary>An object with members of its own.</summary>
    public static JsonForm<T> ObjectOf<T>(RecordFields<T> fields) => new(fields.ReadMembers, fields.Write);

    private static JsonForm<T> Formatted<T>(Func<string, T> parse, Func<T, string>? format = null) => new(
        (ref reader) => parse(ReadText(ref reader)),
        format is null
            ? static (writer, value) => writer.WriteStringValue(value!.ToString())
            : (writer, value) => writer.WriteStringValue(format(value)));

    private static string ReadText(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String ? reader.GetString()! : throw RecordJson.Unexpected(ref reader);

    private static long ReadLong(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : throw RecordJson.Unexpected(ref reader);

    private static int ReadNumber(ref Utf8JsonReader reader, int least, int most)
    {
        long number = ReadLong(ref reader);
        return number >= least && number <= most ? (int)number : throw new JsonException($"{number} is not from {least} to {most}");
    }
}
