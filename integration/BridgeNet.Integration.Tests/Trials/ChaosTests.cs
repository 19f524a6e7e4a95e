using BridgeNet.Trials.Chaos;
using BridgeNet.Trials.Chaos.Docker;

namespace BridgeNet.Integration.Tests.Trials;

/// <summary><c>./dev chaos</c> in short: each verb is killed at some of its system calls, and some are given errors.</summary>
public sealed class ChaosTests
{
    private const int KillStep = 23, ErrorStep = 71, StopStep = 19, DockerPoints = 2;

    public static TheoryData<string> Verbs => [.. Scenarios.All.Keys];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string beside in Scenarios.Beside.Keys)
            {
                foreach (string verb in Scenarios.StoppedFor(beside))
                {
                    pairs.Add(verb, beside);
                }
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Struck_anywhere_it_recovers(string verb)
    {
        using Striker striker = new();
        using ChaosRun run = new(global::BridgeNet.Trials.Binary.Path, striker.Program, Scenarios.All[verb]);

        ChaosResult result = run.Run(KillStep, ErrorStep);

        result.Failures.Should().BeEmpty();
        result.Calls.Should().BeGreaterThan(25);
        result.Kills.Should().BePositive();
        (result.Undone + result.Whole).Should().Be(result.Kills + result.Errors);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Stopped_anywhere_for_another_verb_it_is_whole(string verb, string beside)
    {
        using Striker striker = new();
        using ChaosRun run = new(global::BridgeNet.Trials.Binary.Path, striker.Program, Scenarios.All[verb]);

        ChaosResult result = run.RunBeside(Scenarios.Beside[beside], StopStep);

        result.Failures.Should().BeEmpty();
        result.Whole.Should().BeGreaterThan(2);
    }

    [Theory]
    [InlineData("plugin", "run")]
    [InlineData("power", "connect")]
    public void Docker_and_its_plugin_say_the_same_after_one_of_them_was_killed(string victim, string operation)
    {
        using Striker striker = new();
        DockerOperation done = DockerOperation.All.Single(one => one.Name.Equals(operation, StringComparison.Ordinal));
        using DockerChaosRun run = new(striker.Program, victim, done);

        DockerChaosResult result = run.Run(DockerPoints);

        result.Failures.Should().BeEmpty();
        result.Kills.Should().Be(DockerPoints);
    }
}
