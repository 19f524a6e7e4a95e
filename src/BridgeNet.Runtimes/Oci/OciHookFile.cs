using System.Text.Json;

namespace BridgeNet.Runtimes.Oci;

/// <summary>
/// A file of a directory hooks.d, by which Podman and CRI-O give a hook to each container that has one of our annotations (man 5 oci-hooks).
/// </summary>
public sealed record OciHookFile
{
    /// <summary>The directory that Podman and CRI-O read by default.</summary>
    public const string DefaultDirectory = "/usr/share/containers/oci/hooks.d";

    /// <summary>The version of the form.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>The program.</summary>
    public required OciHookProgram Hook { get; init; }

    /// <summary>Which containers get it.</summary>
    public required OciHookCondition When { get; init; }

    /// <summary>When it runs.</summary>
    public required IReadOnlyList<string> Stages { get; init; }

    /// <summary>Writes the two files, of the stages createRuntime and poststop.</summary>
    /// <returns>Their paths.</returns>
    public static IReadOnlyList<string> Install(string directory, string binary)
    {
        Directory.CreateDirectory(directory);
        return [.. new[] { OciStage.CreateRuntime, OciStage.Poststop }.Select(stage =>
        {
            string path = Path.Combine(directory, $"bridgenet-{stage}.json");
            File.WriteAllText(path + ".new", JsonSerializer.Serialize(Of(stage, binary), OciJsonContext.Default.OciHookFile) + "\n");
            File.Move(path + ".new", path, overwrite: true);
            return path;
        })];
    }

    /// <summary>The file of a stage. The state does not contain the stage, so it is an argument.</summary>
    public static OciHookFile Of(string stage, string binary) => new()
    {
        Hook = new OciHookProgram(binary, ["bridgenet", "oci-hook", stage]),
        When = new OciHookCondition(new Dictionary<string, string>(StringComparer.Ordinal) { [@"^bridgenet\."] = ".*" }),
        Stages = [stage],
    };
}
