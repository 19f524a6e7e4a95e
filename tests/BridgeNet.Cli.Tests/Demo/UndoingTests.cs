using BridgeNet.Cli.Demo;

namespace BridgeNet.Cli.Tests.Demo;

public sealed class UndoingTests
{
    [Fact]
    public void The_newest_thing_is_undone_first()
    {
        List<int> undone = [];
        Undoing undoing = new();
        undoing.Add("one", () => undone.Add(1));
        undoing.Add("two", () => undone.Add(2));

        undoing.UndoAll().Should().BeEmpty();

        undone.Should().Equal(2, 1);
    }

    [Fact]
    public void A_failure_is_printed_and_everything_else_is_undone()
    {
        bool isUndone = false;
        Undoing undoing = new();
        undoing.Add("one", () => isUndone = true);
        undoing.Add("two", () => throw new DemoException("no"));

        undoing.UndoAll().Should().Equal("two: no");

        isUndone.Should().BeTrue();
    }

    [Fact]
    public void Nothing_is_undone_twice()
    {
        int times = 0;
        Undoing undoing = new();
        undoing.Add("one", () => times++);

        _ = undoing.UndoAll();
        _ = undoing.UndoAll();

        times.Should().Be(1);
    }
}
