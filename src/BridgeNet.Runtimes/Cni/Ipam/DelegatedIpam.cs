using System.Text;
using System.Text.Json;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Addresses from somebody else's plugin, such as static or dhcp.</summary>
internal sealed class DelegatedIpam(CniCall call, string type)
{
    /// <summary>Runs it.</summary>
    /// <returns>Its result; null if it printed none.</returns>
    /// <exception cref="CniException">Its own error; 7: there is no such plugin.</exception>
    public CniResult? Run(string command)
    {
        string path = Find();
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { ["CNI_COMMAND"] = command };
        int status = call.Runner.Run(path, [], variables, call.Json, out byte[] output);
        if (status != 0)
        {
            throw ErrorOf(output, status);
        }
        if (output.AsSpan().Trim(" \r\n\t"u8).IsEmpty)
        {
            return null;
        }
        using JsonDocument document = Parse(output);
        return CniResultReader.Read(document.RootElement.Clone(), call.Version);
    }

    private string Find()
    {
        if (!CniEnvironment.IsIdentifier(type))
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, $"ipam: '{type}' is no name of a plugin");
        }
        return call.Environment.PluginDirectories.Select(directory => Path.Combine(directory, type)).FirstOrDefault(File.Exists)
            ?? throw new CniException(
                CniErrorCode.InvalidConfiguration,
                $"failed to find plugin \"{type}\" in path [{string.Join(' ', call.Environment.PluginDirectories)}]");
    }

    private JsonDocument Parse(byte[] output)
    {
        try
        {
            return JsonDocument.Parse(output);
        }
        catch (JsonException error)
        {
            throw new CniException(CniErrorCode.Decoding, $"ipam plugin {type}: {error.Message}", innerException: error);
        }
    }

    private CniException ErrorOf(byte[] output, int status)
    {
        try
        {
            if (JsonSerializer.Deserialize(output, CniJsonContext.Default.CniError) is { Msg: { } message } error)
            {
                return new CniException((CniErrorCode)error.Code, $"ipam plugin {type}: {message}", error.Details);
            }
        }
        catch (JsonException)
        {
            // its output is not a CNI error: the exception below quotes it
        }
        return new CniException(CniErrorCode.Internal, $"ipam plugin {type} ended with status {status}: {Encoding.UTF8.GetString(output).Trim()}");
    }
}
