namespace BridgeNet.TestKit;

/// <summary>What a program did: the command line as it was started, its exit status and its two outputs.</summary>
public sealed record CommandResult(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>The same result, if the program was content.</summary>
    /// <exception cref="CommandFailedException">It was not: the message has everything.</exception>
    public CommandResult OrThrow() => ExitCode == 0 ? this : throw new CommandFailedException(ToString());

    public override string ToString() => $"{Command}\nexit status {ExitCode}\nstdout: {Output.TrimEnd()}\nstderr: {Errors.TrimEnd()}";
}
