namespace BridgeNet.Cli;

/// <summary>What the binary tells its caller. <c>run</c> gives its program's own status otherwise.</summary>
internal static class ExitStatus
{
    /// <summary>All of it was done.</summary>
    public const int Done = 0;

    /// <summary>It was refused, or some of it failed; stderr says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>As a shell says it: the program is there, but cannot be executed.</summary>
    public const int NotExecutable = 126;

    /// <summary>As a shell says it: there is no such program.</summary>
    public const int NotFound = 127;

    /// <summary>As a shell says it: the program was ended by a signal.</summary>
    public static int OfSignal(int signal) => 128 + signal;
}
