using System.Text.Json;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The JSON of a request. Members that nobody asks for are not looked at, and one that is null counts as missing.</summary>
internal sealed class PluginRequest : IDisposable
{
    private const int ShortLength = 12;
    private const int LongestId = 128;

    private readonly JsonDocument _document;

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">It is no JSON object.</exception>
    public PluginRequest(byte[] text)
    {
        Body = text;
        try
        {
            _document = JsonDocument.Parse(text);
        }
        catch (JsonException error)
        {
            throw new FormatException($"the request is no JSON: {error.Message}", error);
        }
        if (_document.RootElement.ValueKind is not JsonValueKind.Object)
        {
            _document.Dispose();
            throw new FormatException("the request is no JSON object");
        }
    }

    /// <summary>The text.</summary>
    public byte[] Body { get; }

    /// <summary>The network's name here: Docker never says by which name its user calls it.</summary>
    public string Network => NameOf("NetworkID");

    /// <summary>The endpoint's name here.</summary>
    public string Endpoint => NameOf("EndpointID");

    /// <summary>Docker's id of the network.</summary>
    public string NetworkId => IdOf("NetworkID");

    /// <summary>All members.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>The member Options; null if it is missing.</summary>
    public JsonElement? Options => Member(Root, "Options");

    /// <summary>The short form of one of Docker's ids, which its tools show too.</summary>
    public static string Short(string id) => id.Length <= ShortLength ? id : id[..ShortLength];

    /// <summary>A member; null if it is missing.</summary>
    /// <exception cref="FormatException">There can be no member, for this is no object.</exception>
    public static JsonElement? Member(JsonElement? parent, string name)
    {
        if (parent is not { } element)
        {
            return null;
        }
        if (element.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException($"there is no object with a member {name}");
        }
        return Unescaped(() => element.TryGetProperty(name, out JsonElement found) ? found : default(JsonElement?)) is
        { ValueKind: not JsonValueKind.Null } member
            ? member
            : null;
    }

    /// <summary>A member that is a text; empty if it is missing.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static string Text(JsonElement? parent, string name) => Member(parent, name) switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => Unescaped(text.GetString)!,
        _ => throw new FormatException($"{name} is no text"),
    };

    /// <summary>A member that is a whole number; 0 if it is missing.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static int Number(JsonElement? parent, string name) => Member(parent, name) switch
    {
        null => 0,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int value) => value,
        _ => throw new FormatException($"{name} is no whole number"),
    };

    /// <summary>Whether a member is true; false if it is missing.</summary>
    /// <exception cref="FormatException">It is something else than true or false.</exception>
    public static bool Flag(JsonElement? parent, string name) => Member(parent, name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        _ => throw new FormatException($"{name} is neither true nor false"),
    };

    /// <summary>The elements of a member that is a list; none if it is missing.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IEnumerable<JsonElement> Items(JsonElement? parent, string name) => Member(parent, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        _ => throw new FormatException($"{name} is no list"),
    };

    /// <summary>The members of a member, all of them texts; none if it is missing.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Texts(JsonElement? parent, string name) => Member(parent, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } all =>
            all.EnumerateObject().Select(NameOf).Select(key => KeyValuePair.Create(key, Text(all, key))),
        _ => throw new FormatException($"{name} is no object"),
    };

    /// <summary>The name of a member.</summary>
    /// <exception cref="FormatException">It is no text.</exception>
    public static string NameOf(JsonProperty member) => Unescaped(() => member.Name);

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static T Unescaped<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException("a text is no valid Unicode", error);
        }
    }

    private string NameOf(string member) => DockerNames.Of(IdOf(member));

    private string IdOf(string member) => Text(Root, member) is { Length: > 0 and <= LongestId } id && id.All(char.IsAsciiLetterOrDigit)
        ? id
        : throw new FormatException($"{member} is none of Docker's ids");
}
