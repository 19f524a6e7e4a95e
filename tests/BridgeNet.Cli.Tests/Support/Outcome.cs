namespace BridgeNet.Cli.Tests.Support;

internal sealed record Outcome(int Status, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Outcome Of(params string[] words)
    {
        using StringWriter output = new(), error = new();
        int status = CommandLine.Invoke(words, output, error);
        return new Outcome(status, output.ToString(), error.ToString());
    }
}
