namespace BridgeNet.Cli.Running;

/// <summary>A program cannot be run.</summary>
internal sealed class ProgramException : BridgeNetException
{
    /// <summary>Names the program, what is wrong with it, and the exit status that shells give then.</summary>
    public ProgramException(string program, string reason, int exitStatus)
        : base($"{program}: {reason}") => ExitStatus = exitStatus;

    /// <summary>126 or 127.</summary>
    public int ExitStatus { get; }
}
