namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>What came of killing the plugin or the daemon while Docker did something.</summary>
/// <param name="Operation">What Docker did.</param>
/// <param name="Victim">What was killed.</param>
/// <param name="Points">At how many points.</param>
/// <param name="Kills">How often it was killed.</param>
/// <param name="Whole">After how many kills the operation was done.</param>
/// <param name="Undone">After how many it had to be done again.</param>
/// <param name="Abandoned">How many endpoints Docker had forgotten meanwhile.</param>
/// <param name="Failures">What did not fit, told for people.</param>
internal sealed record DockerChaosResult(
    string Operation, string Victim, int Points, int Kills, int Whole, int Undone, int Abandoned, IReadOnlyList<string> Failures);
