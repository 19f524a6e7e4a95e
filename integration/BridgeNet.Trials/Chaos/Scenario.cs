using BridgeNet.TestKit;

namespace BridgeNet.Trials.Chaos;

/// <summary>A verb to strike at, and the way there and back.</summary>
internal sealed record Scenario
{
    /// <summary>What is struck, as people call it.</summary>
    public required string Verb { get; init; }

    /// <summary>Leads from an empty host to where the verb begins.</summary>
    public required IReadOnlyList<Step> Prepare { get; init; }

    /// <summary>The verb.</summary>
    public required Step Struck { get; init; }

    /// <summary>What puts things right after a strike.</summary>
    public IReadOnlyList<Step> Recover { get; init; } = [Step.Of("gc")];

    /// <summary>Whether what puts things right may say that there is nothing to do, by failing.</summary>
    public bool MayFindNothing { get; init; }

    /// <summary>Leads from behind the verb back to where it begins.</summary>
    public required IReadOnlyList<Step> Undo { get; init; }

    /// <summary>Does damage on the host after <see cref="Prepare"/> and <see cref="Undo"/>, for verbs that repair.</summary>
    public string? Damage { get; init; }

    /// <summary>Whether the verb may be repeated when it is done already; others refuse it.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>The path in whose first use the strikes begin.</summary>
    public required string Marker { get; init; }

    /// <summary>How many containers it uses.</summary>
    public int Containers { get; init; } = 1;

    /// <summary>What was started for it and lives in a container.</summary>
    public BackgroundProcess? Companion { get; init; }
}
