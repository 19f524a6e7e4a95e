using System.CommandLine;
using System.Globalization;

using BridgeNet.Cli.Printing;
using BridgeNet.Dns.Serving;

namespace BridgeNet.Cli.Verbs;

/// <summary><c>dns status</c>: what the running name server has done, and where it listens.</summary>
internal sealed class NameServerStatusVerb : Verb
{
    private readonly Option<string?> _directory = NameServerVerb.DirectoryOption();
    private readonly Option<bool> _json = JsonText.Option();

    public NameServerStatusVerb()
        : base(
            "status",
            "Show what the running name server has answered since it began, and where it listens.",
            "bridgenet dns status",
            "bridgenet dns status --json | jq .forwarded")
    {
        Add(_directory);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override int Execute(ParseResult arguments)
    {
        TextWriter output = arguments.InvocationConfiguration.Output;
        NameServerStatus status = StatusSocket.Ask(Path.GetFullPath(arguments.GetValue(_directory) ?? NameServerOptions.UsualDirectory));
        if (arguments.GetValue(_json))
        {
            output.WriteLine(status.ToJson());
            return ExitStatus.Done;
        }
        output.WriteLine(Line($"process {status.Process}: {status.Networks} networks, {status.Names} names"));
        output.WriteLine(Line($"listens at {string.Join(", ", status.Listeners)}"));
        output.WriteLine(Line($"{status.Questions} questions: {status.OwnAnswers} answered from names, {status.Forwarded} forwarded, ")
            + Line($"{status.Misses} not found (NXDOMAIN), {status.Refused} refused"));
        output.WriteLine(Line($"other servers took {status.UpstreamMicroseconds} µs on the average; ")
            + Line($"{status.Unanswered} questions had no answer (SERVFAIL)"));
        return ExitStatus.Done;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
