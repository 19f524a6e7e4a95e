using System.Text.Json;

using BridgeNet.Runtimes.Cni;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>What DEL and GC go through to the end.</summary>
public sealed class CniTeardownTests
{
    [Fact]
    public void A_step_that_fails_stops_none_of_those_after_it()
    {
        List<int> done = [];
        CniTeardown teardown = new();

        teardown
            .Then(() => throw new JsonException("a backup that is no JSON"))
            .Then(() => done.Add(1))
            .Then(() => throw new InvalidOperationException("a mistake of ours"))
            .Then(() => done.Add(2));

        done.Should().Equal(1, 2);
    }

    [Fact]
    public void All_failures_are_told_in_the_end_with_the_code_of_the_first()
    {
        CniTeardown teardown = new();
        teardown
            .Then(() => throw new CniException(CniErrorCode.InputOutput, "no file", "which"))
            .Then(() => throw new IOException("no disk"));

        CniException told = teardown.Invoking(one => one.Finish()).Should().Throw<CniException>().Which;

        (told.Code, told.Message, told.Details).Should().Be((CniErrorCode.InputOutput, "no file; no disk", "which"));
    }

    [Fact]
    public void A_teardown_without_failures_ends_in_silence() =>
        new CniTeardown().Then(() => { }).Invoking(one => one.Finish()).Should().NotThrow();
}
