namespace BridgeNet;

/// <summary>The names of a state directory are served already. There is one server for them: the other one answers.</summary>
public sealed class NameServiceConflictException : BridgeNetException
{
    /// <summary>Names the state directory.</summary>
    public NameServiceConflictException(string stateDirectory)
        : base($"names of {stateDirectory}: another process, or this one, serves them already: leave it to that one, or end it first")
        => StateDirectory = stateDirectory;

    /// <summary>The state directory.</summary>
    public string StateDirectory { get; }
}
