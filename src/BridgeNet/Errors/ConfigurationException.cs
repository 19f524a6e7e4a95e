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

    /// <summary>
    /// Which setting: the name of a property, such as <see cref="NetworkDefinition.Mtu"/>; in words what is no property, such as "port" or "namespace".
    /// </summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
