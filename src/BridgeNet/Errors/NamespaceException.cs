namespace BridgeNet;

/// <summary>The named network namespace does not exist or cannot be opened.</summary>
public sealed class NamespaceException : BridgeNetException
{
    /// <summary>Names the namespace and what is wrong with it.</summary>
    public NamespaceException(string name, string reason)
        : base($"network namespace {name}: {reason}") => Name = name;

    /// <summary>The path or name as the caller gave it.</summary>
    public string Name { get; }
}
