using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>A shape that is read with or without the serializer; see <see cref="PlainJson"/>.</summary>
/// <typeparam name="TSelf">The shape itself.</typeparam>
internal interface IJsonShape<TSelf>
    where TSelf : class, IJsonShape<TSelf>
{
    /// <summary>The shape as the serializer knows it.</summary>
    static abstract JsonTypeInfo<TSelf> Serialized { get; }

    /// <summary>Reads an object by hand.</summary>
    /// <exception cref="InvalidOperationException">A value has another kind than it should have.</exception>
    /// <exception cref="FormatException">A number is out of range.</exception>
    static abstract TSelf Read(JsonElement json);
}
