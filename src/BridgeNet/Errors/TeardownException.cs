namespace BridgeNet;

/// <summary>Something could not be taken down; everything else was. What is left is remembered, so that gc can try again.</summary>
public sealed class TeardownException : BridgeNetException
{
    /// <summary>Names the thing and all that failed.</summary>
    public TeardownException(string thing, IReadOnlyList<Exception> failures)
        : base($"{thing}: {string.Join("; ", failures.Select(failure => failure.Message))}", failures.Count > 0 ? failures[0] : null) =>
        Failures = failures;

    /// <summary>All failures, in order.</summary>
    public IReadOnlyList<Exception> Failures { get; }
}
