using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

using BridgeNet.Netlink;

using Microsoft.Extensions.Configuration;

namespace BridgeNet.Extensions.Hosting;

/// <summary>
/// Reads options from a configuration section. .NET's own binding drops what it cannot read, and a network without its host binding is open to
/// everyone: here every key has to be known, and every value is read by the type that it is for.
/// </summary>
/// <param name="faults">Gets what cannot be read, a line each, which begins with the key.</param>
internal sealed class ConfigurationReader(List<string> faults)
{
    private const string Name = nameof(NetworkDefinition.Name), Subnet = nameof(SubnetDefinition.Subnet);

    private static readonly string[] s_keys =
    [
        nameof(BridgeNetOptions.StateDirectory), nameof(BridgeNetOptions.HostNamespace), nameof(BridgeNetOptions.Watch),
        nameof(BridgeNetOptions.ServeNames), nameof(BridgeNetOptions.Networks),
    ];

    /// <summary>What a value of .NET's own types is to be: of those System.Text.Json speaks as of JSON.</summary>
    private static readonly Dictionary<Type, string> s_words = new()
    {
        [typeof(bool)] = "true or false",
        [typeof(bool?)] = "true or false",
        [typeof(int)] = "a whole number",
        [typeof(int?)] = "a whole number",
        [typeof(TimeSpan)] = "a time, such as 00:00:01",
    };

    /// <summary>Reads all of it into options. A network whose name they have already is replaced.</summary>
    public void Read(IConfiguration section, BridgeNetOptions options)
    {
        foreach (IConfigurationSection setting in section.GetChildren())
        {
            switch (Array.Find(s_keys, key => key.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)))
            {
                case nameof(BridgeNetOptions.StateDirectory):
                    options.StateDirectory = TextOf(setting) ?? options.StateDirectory;
                    break;
                case nameof(BridgeNetOptions.HostNamespace):
                    options.HostNamespace = TextOf(setting);
                    break;
                case nameof(BridgeNetOptions.Watch):
                    options.Watch = Flag(setting) ?? options.Watch;
                    break;
                case nameof(BridgeNetOptions.ServeNames):
                    options.ServeNames = Flag(setting) ?? options.ServeNames;
                    break;
                case nameof(BridgeNetOptions.Networks):
                    ReadNetworks(setting, options.Networks);
                    break;
                default:
                    Refuse(setting, s_keys);
                    break;
            }
        }
    }

    private void ReadNetworks(IConfigurationSection section, IList<NetworkDefinition> networks)
    {
        HashSet<string> own = new(StringComparer.Ordinal);
        foreach (IConfigurationSection network in SectionsOf(section, "a network is a section named like it"))
        {
            if (ReadNetwork(network) is not { } definition)
            {
                continue;
            }
            if (!own.Add(definition.Name))
            {
                faults.Add($"{network.Path}: there is another network {definition.Name}");
            }
            else if (networks.FirstOrDefault(other => string.Equals(other.Name, definition.Name, StringComparison.Ordinal)) is { } known)
            {
                networks[networks.IndexOf(known)] = definition; // of the program's own
            }
            else
            {
                networks.Add(definition);
            }
        }
    }

    /// <summary>A network whose key is its name, or a number that stands for its place in a list; then it has a name of its own.</summary>
    private NetworkDefinition? ReadNetwork(IConfigurationSection section)
    {
        int before = faults.Count;
        if (section.Key.All(char.IsAsciiDigit) && section[Name] is null)
        {
            faults.Add($"{section.Path}: a network in a list needs a {Name}");
        }
        JsonTypeInfo<NetworkDefinition> type = BridgeNetJson.NetworkDefinition;
        JsonObject whole = ObjectOf(section, "a network is a section with its settings", type, needed: new JsonObject { [Name] = section.Key });
        return faults.Count == before ? whole.Deserialize(type) : null;
    }

    /// <summary>A subnet that is written as its text, or as a section. Of one that two layers write in either way, the text is its subnet.</summary>
    private JsonObject? SubnetOf(IConfigurationSection section, JsonSerializerOptions options)
    {
        JsonObject needed = new() { [Subnet] = section.Value ?? section[Subnet] };
        if (section.GetChildren().Any())
        {
            if (needed[Subnet] is null)
            {
                faults.Add($"{section.Path}: a subnet needs {Subnet}");
                return null;
            }
            return ObjectOf(section, text: null, options.GetTypeInfo(typeof(SubnetDefinition)), needed);
        }
        return needed;
    }

    /// <summary>A section as the JSON of a type. Each property is tried alone, so that a fault has its key.</summary>
    /// <param name="section">The section.</param>
    /// <param name="text">What is said of a section that is a text; null if it may be one.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="needed">What every value of the type needs.</param>
    private JsonObject ObjectOf(IConfigurationSection section, string? text, JsonTypeInfo type, JsonObject needed)
    {
        JsonObject whole = needed.DeepClone().AsObject();
        foreach (IConfigurationSection setting in text is null ? section.GetChildren() : SectionsOf(section, text))
        {
            if (type.Properties.FirstOrDefault(
                property => property.Set is not null && property.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                Refuse(setting, type.Properties.Where(one => one.Set is not null).Select(one => one.Name));
                continue;
            }
            if (NodeOf(setting, property.PropertyType, type.Options) is not { } value)
            {
                continue;
            }
            JsonObject alone = needed.DeepClone().AsObject();
            alone[property.Name] = value.DeepClone();
            if (Try(setting, alone, type, property.PropertyType))
            {
                whole[property.Name] = value;
            }
        }
        return whole;
    }

    /// <summary>A setting's value; null if it has none, or a wrong one, of which a fault tells.</summary>
    private JsonNode? NodeOf(IConfigurationSection setting, Type type, JsonSerializerOptions options)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            Type item = type.GetGenericArguments()[0];
            IEnumerable<IConfigurationSection> items = SectionsOf(setting, item.IsGenericType ? "it has a key for each" : "it is a list");
            return item.IsGenericType ? PairsOf(items) : ListOf(items, item, options);
        }
        if (setting.Value is null && !setting.GetChildren().Any())
        {
            return null; // null asks for the default
        }
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return TextOf(setting) is not { } text ? null
            : plain == typeof(bool) && bool.TryParse(text, out bool flag) ? JsonValue.Create(flag)
            : plain == typeof(int) && int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    // A fault tells of what is left out of either.
    private JsonArray ListOf(IEnumerable<IConfigurationSection> items, Type type, JsonSerializerOptions options) =>
        [.. items.Select(item => type == typeof(SubnetDefinition) ? SubnetOf(item, options) : (JsonNode?)TextOf(item)).OfType<JsonNode>()];

    private JsonObject PairsOf(IEnumerable<IConfigurationSection> pairs) => new(
        from pair in pairs
        let value = TextOf(pair, mayBeEmpty: true)
        where value is not null
        select KeyValuePair.Create(pair.Key, (JsonNode?)value));

    private bool Try(IConfigurationSection setting, JsonObject value, JsonTypeInfo type, Type property)
    {
        try
        {
            _ = value.Deserialize(type);
            return true;
        }
        catch (JsonException error)
        {
            faults.Add($"{setting.Path}: {(s_words.TryGetValue(property, out string? words) ? $"'{setting.Value}' is not {words}" : error.Message)}");
            return false;
        }
    }

    /// <summary>The sections below one, which is no text itself.</summary>
    private IEnumerable<IConfigurationSection> SectionsOf(IConfigurationSection section, string text)
    {
        if (section.Value is { Length: > 0 }) // an empty list is an empty text
        {
            faults.Add($"{section.Path}: '{section.Value}' cannot be read: {text}");
        }
        return section.GetChildren();
    }

    private bool? Flag(IConfigurationSection setting)
    {
        if (TextOf(setting) is not { } text)
        {
            return null;
        }
        if (bool.TryParse(text, out bool flag))
        {
            return flag;
        }
        faults.Add($"{setting.Path}: '{text}' is not true or false");
        return null;
    }

    /// <summary>A setting's text. An empty one is refused, because a variable that is not set must not open what the files close.</summary>
    private string? TextOf(IConfigurationSection setting, bool mayBeEmpty = false)
    {
        string? fault = setting.GetChildren().Any() ? "it is a single value, and has no sections"
            : setting.Value is null || (setting.Value.Length == 0 && !mayBeEmpty) ? "it is empty: leave it out for the default"
            : null;
        if (fault is not null)
        {
            faults.Add($"{setting.Path}: {fault}");
        }
        return fault is null ? setting.Value : null;
    }

    private void Refuse(IConfigurationSection setting, IEnumerable<string> known) =>
        faults.Add($"{setting.Path}: there is no such setting: {string.Join(", ", known)}");
}
