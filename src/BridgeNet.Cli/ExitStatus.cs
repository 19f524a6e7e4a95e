namespace BridgeNet.Cli;

/// <summary>The exit statuses of the binary. <c>run</c> otherwise exits with its program's status.</summary>
internal static class ExitStatus
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>The command was refused, or part of it failed; stderr says why.</summary>
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
