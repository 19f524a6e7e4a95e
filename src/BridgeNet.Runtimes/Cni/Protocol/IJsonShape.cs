using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BridgeNet.Runtimes.Cni;

/// <summary>What can be read out of a configuration in two ways: see <see cref="PlainJson"/>.</summary>
/// <typeparam name="TSelf">The shape itself.</typeparam>
internal interface IJsonShape<TSelf>
    where TSelf : class, IJsonShape<TSelf>
{
    /// <summary>The shape as the serializer knows it.</summary>
    static abstract JsonTypeInfo<TSelf> Serialized { get; }

    /// <summary>Reads an object by hand.</summary>
    /// <exception cref="InvalidOperationException">Something is of another kind than it should be, or no text.</exception>
    /// <exception cref="FormatException">A number is none that fits.</exception>
    static abstract TSelf Read(JsonElement json);
}
