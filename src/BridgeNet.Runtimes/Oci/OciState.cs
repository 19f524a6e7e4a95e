using System.Text.Json;

namespace BridgeNet.Runtimes.Oci;

/// <summary>The state that an OCI runtime writes to a hook's stdin. The status is ignored, because runtimes name it differently.</summary>
public sealed record OciState
{
    /// <summary>The longest id that is taken, in characters.</summary>
    private const int MostId = 1024;

    /// <summary>The container's id.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the container's first process; 0 if it has ended.</summary>
    public int Pid { get; init; }

    /// <summary>The directory of its config.json; null or empty if unknown.</summary>
    public string? Bundle { get; init; }

    /// <summary>Its annotations.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Reads it.</summary>
    /// <exception cref="ConfigurationException">It is no state, or has no id.</exception>
    public static OciState Read(Stream input)
    {
        OciState? state;
        try
        {
            state = JsonSerializer.Deserialize(input, OciJsonContext.Default.OciState);
        }
        catch (JsonException error)
        {
            throw new ConfigurationException("state", $"what came on stdin is not the state of a container: {error.Message}");
        }
        return state is { Id.Length: > 0 and <= MostId } && !state.Id.AsSpan().ContainsAny('\0', '\n')
            ? state
            : throw new ConfigurationException("state", $"the container's id is to have 1 to {MostId} characters, in one line");
    }
}
