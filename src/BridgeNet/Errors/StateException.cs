namespace BridgeNet;

/// <summary>The state directory cannot be used as it is.</summary>
public sealed class StateException : BridgeNetException
{
    /// <summary>Names the file and what is wrong with it.</summary>
    public StateException(string path, string reason, Exception? innerException = null)
        : base($"state {path}: {reason}", innerException) => Path = path;

    /// <summary>The file or directory.</summary>
    public string Path { get; }
}
