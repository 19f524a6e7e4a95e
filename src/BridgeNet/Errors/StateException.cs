namespace BridgeNet;

/// <summary>The state directory, or a file in it, cannot be used.</summary>
public sealed class StateException : BridgeNetException
{
    /// <summary>Names the file and what is wrong with it.</summary>
    public StateException(string path, string reason, Exception? innerException = null)
        : base($"state {path}: {reason}", innerException) => Path = path;

    /// <summary>Whether the file is cut off or overwritten. A record of another version is not damaged, and stays as it is.</summary>
    internal bool IsDamaged { get; init; }

    /// <summary>The file or directory.</summary>
    public string Path { get; }
}
