namespace BridgeNet.Integration.Tests.Dns.Conformance;

/// <summary>What one server answers to all questions, which are asked once.</summary>
internal sealed class ServerAnswers
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> _answers;

    private ServerAnswers(Func<AskedServer> start, Func<AnswerRow, string> column) => _answers = new(() => AskAll(start, column));

    public static ServerAnswers Aardvark { get; } = new(static () => new HostServer(isOurs: false), static row => row.Aardvark);

    public static ServerAnswers Docker { get; } = new(static () => new DockerServer(), static row => row.Docker);

    public static ServerAnswers Ours { get; } = new(static () => new HostServer(isOurs: true), static row => row.Ours);

    /// <summary>The answer to a question. Whoever asks first waits for all of them, of all three servers at once.</summary>
    public string To(string question)
    {
        Parallel.Invoke([.. new[] { Aardvark, Docker, Ours }.Select(server => (Action)(() => _ = server._answers.Value))]);
        return _answers.Value[question];
    }

    /// <summary>One question after the other: a silent one holds up the rest in aardvark-dns.</summary>
    private static Dictionary<string, string> AskAll(Func<AskedServer> start, Func<AnswerRow, string> column)
    {
        using AskedServer server = start();
        return DnsQuestions.All.ToDictionary(
            question => question.Name,
            question => server.AskAsync(question, AnswerTable.Find(question.Name) is { } row ? column(row) : null).GetAwaiter().GetResult(),
            StringComparer.Ordinal);
    }
}
