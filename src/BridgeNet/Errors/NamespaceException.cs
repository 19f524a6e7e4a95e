namespace BridgeNet;

/// <summary>What was named is no network namespace that can be opened.</summary>
public sealed class NamespaceException : BridgeNetException
{
    /// <summary>Names the namespace and what is wrong with it.</summary>
    public NamespaceException(string name, string reason)
        : base($"network namespace {name}: {reason}") => Name = name;

    /// <summary>The path or name as it was given.</summary>
    public string Name { get; }
}
