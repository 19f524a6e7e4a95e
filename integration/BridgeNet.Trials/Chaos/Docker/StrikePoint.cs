namespace BridgeNet.Trials.Chaos.Docker;

/// <summary>Where to strike.</summary>
/// <param name="Number">At which call or moment, from 1; 0 if by the clock.</param>
/// <param name="After">How long after the beginning, if by the clock.</param>
internal sealed record StrikePoint(int Number, TimeSpan After = default);
