using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>The converters of .NET's own types for addresses.</summary>
internal static class AddressJsonConverters
{
    /// <summary>The converter of one of those types; null for any other type.</summary>
    public static JsonConverter<T>? Find<T>() => new IPAddressJsonConverter() as JsonConverter<T> ?? new IPNetworkJsonConverter() as JsonConverter<T>;
}
