using System.Text;
using System.Text.Json;

using BridgeNet.Runtimes.Names;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The binary as a CNI plugin: one call, from the environment and stdin to stdout and an exit status.</summary>
internal sealed class CniProgram(
    string binary, IPluginRunner runner, INameServerStarter nameServers, Stream input, Stream output, TextWriter errors)
{
    /// <summary>
    /// The version of the reference's plugins that these equal in features; callers parse it from the output of a call without variables.
    /// </summary>
    private const string ReferenceVersion = "1.9.1";

    /// <summary>A configuration seldom has more.</summary>
    private const int UsualBytes = 4096;

    /// <summary>Serves a call.</summary>
    /// <returns>0, or 1 after an error was printed.</returns>
    public int Run(IReadOnlyDictionary<string, string> variables)
    {
        string? version = null;
        try
        {
            if (!CniEnvironment.IsCall(variables))
            {
                return Introduce();
            }
            CniEnvironment environment = CniEnvironment.Read(variables);
            if (environment.Command is CniCommand.Version)
            {
                WriteVersions(CniPlugins.Choose(binary, type: null) ?? new BridgeNetPlugin());
                return 0;
            }
            byte[] json = ReadAll();
            CniConfiguration configuration = Parse(json);
            version = configuration.CniVersion;
            Serve(environment, configuration, json);
            return 0;
        }
        catch (Exception error)
        {
            WriteError(CniException.From(error), version);
            return 1;
        }
    }

    private int Introduce()
    {
        ICniPlugin plugin = CniPlugins.Choose(binary, type: null) ?? new BridgeNetPlugin();
        errors.WriteLine($"CNI {plugin.Name} plugin v{ReferenceVersion}");
        errors.WriteLine($"CNI protocol versions supported: {string.Join(", ", CniVersion.From(plugin.OldestVersion))}");
        return 0;
    }

    private void Serve(CniEnvironment environment, CniConfiguration configuration, byte[] json)
    {
        if (string.IsNullOrEmpty(configuration.Name) || !CniEnvironment.IsIdentifier(configuration.Name))
        {
            throw new CniException(
                CniErrorCode.InvalidConfiguration,
                string.IsNullOrEmpty(configuration.Name)
                    ? "missing network name:"
                    : "invalid characters found in network name: it begins with a letter or digit, and has these, '_', '.' and '-' alone");
        }
        ICniPlugin plugin = CniPlugins.Choose(binary, configuration.Type)
            ?? throw new CniException(
                CniErrorCode.InvalidConfiguration, $"type {configuration.Type} is no plugin here: {string.Join(", ", CniPlugins.Names)}");
        CniVersion version = CheckVersion(plugin, environment.Command, configuration.CniVersion);
        using CniCall call = new()
        {
            Environment = environment,
            Configuration = configuration,
            Json = json,
            Version = version,
            Runner = runner,
            NameServers = nameServers,
            Previous = configuration.PrevResult is { ValueKind: JsonValueKind.Object } previous ? CniResultReader.Read(previous, version) : null,
        };
        Dispatch(plugin, call);
    }

    private void Dispatch(ICniPlugin plugin, CniCall call)
    {
        switch (call.Environment.Command)
        {
            case CniCommand.Add:
                RequirePrevious(plugin, call, when: plugin.IsChained);
                WriteResult(call, plugin);
                break;
            case CniCommand.Delete:
                plugin.Delete(call);
                break;
            case CniCommand.Check:
                RequirePrevious(plugin, call, when: plugin.Name is not HostLocalPlugin.PluginName);
                plugin.Check(call);
                break;
            case CniCommand.Status:
                plugin.Status(call);
                break;
            case CniCommand.CollectGarbage when call.ValidAttachments is not null:
                plugin.CollectGarbage(call);
                break;
        }
    }

    /// <summary>Takes the attachment back if its result cannot be written in the version of the configuration.</summary>
    private void WriteResult(CniCall call, ICniPlugin plugin)
    {
        CniResult result = plugin.Add(call);
        using MemoryStream text = new();
        try
        {
            using Utf8JsonWriter writer = new(text, CniResultWriter.Style);
            CniResultWriter.Write(writer, result, call.Version);
        }
        catch (CniException)
        {
            new CniTeardown().Then(() => plugin.Delete(call));
            throw;
        }
        text.WriteByte((byte)'\n');
        output.Write(text.ToArray());
    }

    private static void RequirePrevious(ICniPlugin plugin, CniCall call, bool when)
    {
        if (when && call.Previous is null)
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, $"Required prevResult missing: {plugin.Name} must be called as chained plugin");
        }
    }

    private static CniVersion CheckVersion(ICniPlugin plugin, CniCommand command, string? text)
    {
        CniVersion oldest = command switch
        {
            CniCommand.Check => CniVersion.V0_4_0,
            CniCommand.Status or CniCommand.CollectGarbage => CniVersion.V1_1_0,
            _ => plugin.OldestVersion,
        };
        if (oldest < plugin.OldestVersion)
        {
            oldest = plugin.OldestVersion;
        }
        return CniVersion.TryParse(text, out CniVersion version) && version >= oldest
            ? version
            : throw new CniException(
                CniErrorCode.IncompatibleVersion,
                "incompatible CNI versions",
                $"config is \"{(string.IsNullOrEmpty(text) ? CniVersion.V0_1_0 : text)}\", plugin supports "
                    + $"[{string.Join(' ', CniVersion.From(oldest).Select(supported => $"\"{supported}\""))}]");
    }

    internal static CniConfiguration Parse(byte[] json)
    {
        try
        {
            return PlainJson.Read<CniConfiguration>(json) ?? throw new CniException(CniErrorCode.Decoding, "the configuration is null");
        }
        catch (JsonException error)
        {
            throw new CniException(CniErrorCode.Decoding, $"error unmarshall network config: {error.Message}", innerException: error);
        }
    }

    private byte[] ReadAll()
    {
        using MemoryStream all = new();
        input.CopyTo(all, UsualBytes); // the default buffer is so large that the collector treats it specially
        return all.ToArray();
    }

    private void WriteVersions(ICniPlugin plugin)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            writer.WriteString("cniVersion", CniVersion.V1_1_0.ToString());
            writer.WriteStartArray("supportedVersions");
            foreach (CniVersion version in CniVersion.From(plugin.OldestVersion))
            {
                writer.WriteStringValue(version.ToString());
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        text.WriteByte((byte)'\n');
        output.Write(text.ToArray());
    }

    private void WriteError(CniException error, string? version)
    {
        CniError told = new()
        {
            CniVersion = (version is not null && CniVersion.TryParse(version, out CniVersion known) ? known : CniVersion.V1_1_0).ToString(),
            Code = (int)error.Code,
            Msg = error.Message,
            Details = error.Details,
        };
        output.Write(JsonSerializer.SerializeToUtf8Bytes(told, CniJsonContext.Default.CniError));
        output.Write(Encoding.UTF8.GetBytes("\n"));
    }
}
