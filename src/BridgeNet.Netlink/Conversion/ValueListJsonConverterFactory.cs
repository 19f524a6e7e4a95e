using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BridgeNet.Netlink;

/// <summary>Makes the <see cref="ValueListJsonConverter{T}"/> of any list, where code can be made at run time.</summary>
public sealed class ValueListJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert is { IsGenericType: true } && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Code is compiled ahead of time; the message says what to add to the options.</exception>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        Type item = typeToConvert.GetGenericArguments()[0];
        return RuntimeFeature.IsDynamicCodeSupported
            ? (JsonConverter)Activator.CreateInstance(typeof(ValueListJsonConverter<>).MakeGenericType(item))!
            : throw new NotSupportedException(
                $"no converter of a list can be made at run time: add ValueListJsonConverter<{item.Name}> to the converters of the options");
    }
}
