namespace BridgeNet;

/// <summary>The caller lacks a capability.</summary>
public sealed class PrivilegeException : BridgeNetException
{
    /// <summary>Names the operation and the capability that it needs.</summary>
    public PrivilegeException(string operation, string capability, Exception innerException)
        : base($"{operation} needs {capability}: run as root, or give the process that capability", innerException) =>
        Capability = capability;

    /// <summary>The capability, as capabilities(7) names it.</summary>
    public string Capability { get; }
}
