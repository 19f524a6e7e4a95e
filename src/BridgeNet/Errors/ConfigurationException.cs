namespace BridgeNet;

/// <summary>A definition, request or option is invalid.</summary>
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
    /// The setting's name: a property, such as <see cref="NetworkDefinition.Mtu"/>, or in words what is no property: "port", "namespace".
    /// </summary>
    public string Path { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
