using System.CommandLine;
using System.Globalization;

using BridgeNet.Cli.Printing;
using BridgeNet.Cli.Running;
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
        foreach (NameServerStatus status in Find(arguments))
        {
            Print(status, arguments.GetValue(_json), output);
        }
        return ExitStatus.Done;
    }

    /// <summary>The servers of the directories that are named; without any, of the usual ones.</summary>
    private NameServerStatus[] Find(ParseResult arguments)
    {
        (string? files, string? state) = (arguments.GetValue(_directory), StateDirectoryOption.Read(arguments));
        string usual = NameServerOptions.UsualDirectory, own = StateDirectoryOption.ReadOrUsual(arguments);
        NameServerStatus? podman = files is not null ? StatusSocket.Ask(Path.GetFullPath(files)) : state is null ? StatusSocket.TryAsk(usual) : null;
        NameServerStatus? ours = files is null || state is not null ? DriverNames.Ask(own) : null;
        NameServerStatus[] found = [.. new[] { podman, ours }.OfType<NameServerStatus>()];
        string places = state is null ? $"{usual} or {own}" : own;
        return found.Length > 0 ? found : throw new IOException(
            $"no name server answers, of {places}: the first container of a network with names starts one, and so does {Product.Name} dns");
    }

    private static void Print(NameServerStatus status, bool isJson, TextWriter output)
    {
        if (isJson)
        {
            output.WriteLine(status.ToJson());
            return;
        }
        output.WriteLine(Line($"process {status.Process}: {status.Networks} networks, {status.Names} names"));
        output.WriteLine(Line($"listens at {string.Join(", ", status.Listeners)}"));
        foreach (string failure in status.Failures ?? [])
        {
            output.WriteLine(failure);
        }
        output.WriteLine(Line($"{status.Questions} questions: {status.OwnAnswers} answered from names, {status.Forwarded} forwarded, ")
            + Line($"{status.Misses} not found (NXDOMAIN), {status.Refused} refused"));
        output.WriteLine(Line($"other servers took {status.UpstreamMicroseconds} µs on the average; ")
            + Line($"{status.Unanswered} questions had no answer (SERVFAIL)"));
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
