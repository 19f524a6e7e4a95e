namespace BridgeNet;

/// <summary>Something that was asked for cannot be.</summary>
public sealed class ConfigurationException : BridgeNetException
{
    /// <summary>Names the setting and what is wrong with it.</summary>
    public ConfigurationException(string path, string reason)
        : base($"{path}: {reason}")
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>Which setting.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
