namespace BridgeNet.Trials.Chaos;

/// <summary>What came of striking at a verb.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Calls">How many calls it makes.</param>
/// <param name="Kills">At how many it was killed.</param>
/// <param name="Errors">How many errors it was given.</param>
/// <param name="Undone">After how many strikes the host was as before.</param>
/// <param name="Whole">After how many the operation was whole.</param>
/// <param name="Failures">What was neither, told for people.</param>
internal sealed record ChaosResult(string Verb, int Calls, int Kills, int Errors, int Undone, int Whole, IReadOnlyList<string> Failures);
