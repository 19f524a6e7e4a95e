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
    private const string Name = nameof(NetworkDefinition.Name);

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
        foreach (IConfigurationSection network in section.GetChildren())
        {
            if (ReadNetwork(network) is not { } definition)
            {
                continue;
            }
            if (networks.FirstOrDefault(other => string.Equals(other.Name, definition.Name, StringComparison.Ordinal)) is { } known)
            {
                networks[networks.IndexOf(known)] = definition;
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
        JsonObject whole = ObjectOf(section, type, needed: new JsonObject { [Name] = section.Key });
        return faults.Count == before ? whole.Deserialize(type) : null;
    }

    /// <summary>A section as the JSON of a type. Each property is tried alone, so that a fault has its key.</summary>
    /// <param name="section">The section.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="needed">What every value of the type needs.</param>
    private JsonObject ObjectOf(IConfigurationSection section, JsonTypeInfo type, JsonObject needed)
    {
        JsonObject whole = needed.DeepClone().AsObject();
        foreach (IConfigurationSection setting in section.GetChildren())
        {
            if (type.Properties.FirstOrDefault(
                property => property.Set is not null && property.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                Refuse(setting, type.Properties.Where(one => one.Set is not null).Select(one => one.Name));
                continue;
            }
            JsonNode? value = NodeOf(setting, property.PropertyType, type.Options);
            JsonObject alone = needed.DeepClone().AsObject();
            alone[property.Name] = value?.DeepClone();
            if (Try(setting, alone, type, property.PropertyType))
            {
                whole[property.Name] = value;
            }
        }
        return whole;
    }

    private JsonNode? NodeOf(IConfigurationSection section, Type type, JsonSerializerOptions options)
    {
        if (IsList(type) && section.Value is null or "")
        {
            Type item = type.GetGenericArguments()[0];
            return item.IsGenericType ? PairsOf(section) : ListOf(section, item, options);
        }
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return section.Value is not { Length: > 0 } text ? null
            : plain == typeof(bool) && bool.TryParse(text, out bool flag) ? JsonValue.Create(flag)
            : plain == typeof(int) && int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    private JsonArray ListOf(IConfigurationSection section, Type item, JsonSerializerOptions options) =>
    [
        .. section.GetChildren().Select(one => item != typeof(SubnetDefinition) ? JsonValue.Create(one.Value)
            : one.Value is { } subnet ? new JsonObject { [nameof(SubnetDefinition.Subnet)] = subnet }
            : (JsonNode?)ObjectOf(one, options.GetTypeInfo(item), new JsonObject { [nameof(SubnetDefinition.Subnet)] = "0.0.0.0/1" })),
    ];

    private static JsonObject PairsOf(IConfigurationSection section) =>
        new(section.GetChildren().Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    private bool Try(IConfigurationSection setting, JsonObject value, JsonTypeInfo type, Type property)
    {
        try
        {
            _ = value.Deserialize(type);
            return true;
        }
        catch (JsonException error)
        {
            string? words = s_words.GetValueOrDefault(property) ?? (IsList(property) && setting.Value is not null ? "a list" : null);
            faults.Add($"{setting.Path}: {(words is null ? error.Message : $"'{setting.Value}' is not {words}")}");
            return false;
        }
    }

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>);

    private bool? Flag(IConfigurationSection setting)
    {
        if (bool.TryParse(setting.Value, out bool flag))
        {
            return flag;
        }
        faults.Add($"{setting.Path}: '{setting.Value}' is neither true nor false");
        return null;
    }

    private string? TextOf(IConfigurationSection setting)
    {
        if (setting.Value is { Length: > 0 } text)
        {
            return text;
        }
        faults.Add($"{setting.Path}: a text is needed");
        return null;
    }

    private void Refuse(IConfigurationSection setting, IEnumerable<string> known) =>
        faults.Add($"{setting.Path}: there is no such setting: {string.Join(", ", known)}");
}
