namespace BridgeNet;

/// <summary>Some steps of a teardown failed; all others are done. The records remember the rest, so that gc can try again.</summary>
public sealed class TeardownException : BridgeNetException
{
    /// <summary>Names the thing and all failures.</summary>
    public TeardownException(string thing, IReadOnlyList<Exception> failures)
        : base($"{thing}: {string.Join("; ", failures.Select(failure => failure.Message))}", failures.Count > 0 ? failures[0] : null) =>
        Failures = failures;

    /// <summary>All failures, in order.</summary>
    public IReadOnlyList<Exception> Failures { get; }

    /// <summary>The names of endpoints and networks that a collection ended all the same.</summary>
    public IReadOnlyList<string> Ended { get; init; } = [];
}
