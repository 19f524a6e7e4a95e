namespace BridgeNet.Runtimes.Oci;

/// <summary>
/// The annotations <c>bridgenet.NAME</c>, which say what options of the command line say: <c>bridgenet.publish=8080:80</c> is
/// <c>--publish=8080:80</c>.
/// </summary>
public static class OciAnnotations
{
    /// <summary>How their names begin.</summary>
    public const string Prefix = "bridgenet.";

    /// <summary>The path of the network namespace, if it is not that of the container's process.</summary>
    public const string Namespace = Prefix + "netns";

    /// <summary>The same annotation by nerdctl.</summary>
    private const string NerdctlNamespace = "nerdctl/network-namespace";

    private const int MostValue = 4096;

    /// <summary>The options that equal the annotations.</summary>
    /// <param name="annotations">All annotations of a container; those of others are skipped.</param>
    /// <param name="options">The options, by their names without dashes, and whether each may be given several times.</param>
    /// <exception cref="ConfigurationException">An annotation is unknown, too long, or has characters that no option can have.</exception>
    public static IReadOnlyList<string> ToWords(IReadOnlyDictionary<string, string>? annotations, IReadOnlyDictionary<string, bool> options)
    {
        List<string> words = [];
        foreach ((string key, string value) in annotations?.OrderBy(
            pair => pair.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, string>>())
        {
            if (!key.StartsWith(Prefix, StringComparison.Ordinal) || key is Namespace)
            {
                continue;
            }
            string option = key[Prefix.Length..];
            if (!options.TryGetValue(option, out bool isRepeatable))
            {
                throw new ConfigurationException(
                    "annotation",
                    $"{Shown(key)} is not known: there are "
                        + $"{string.Join(", ", options.Keys.Append("netns").Order(StringComparer.Ordinal).Select(name => Prefix + name))}");
            }
            if (value is null) // JSON may have it
            {
                throw new ConfigurationException("annotation", $"{key} has no value");
            }
            if (value.Length > MostValue || value.Any(character => char.IsControl(character) && character is not ('\n' or '\t')))
            {
                throw new ConfigurationException("annotation", $"{key} has more than {MostValue} characters, or some that mean nothing");
            }
            words.AddRange(Split(option, value, isRepeatable).Select(part => $"--{option}={part}"));
        }
        return words;
    }

    /// <summary>The path of the network namespace that annotations name; null if they name none.</summary>
    public static string? NamespaceOf(IReadOnlyDictionary<string, string>? annotations) =>
        annotations?.GetValueOrDefault(Namespace) ?? annotations?.GetValueOrDefault(NerdctlNamespace);

    /// <summary>Splits several values at spaces; ports at commas too, which routes contain.</summary>
    private static string[] Split(string option, string value, bool isRepeatable) => isRepeatable
        ? value.Split(option is "publish" ? [' ', '\n', '\t', ','] : [' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
        : [value];

    private static string Shown(string key) => key.Length > 80 ? key[..80] + "…" : key.ReplaceLineEndings(" ").Replace('\0', ' ');
}
