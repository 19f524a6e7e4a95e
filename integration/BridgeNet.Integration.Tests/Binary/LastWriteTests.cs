using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Binary;

/// <summary>The last write of a verb fails, when the kernel has done everything.</summary>
public sealed class LastWriteTests : IDisposable
{
    private readonly BinaryWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Ports_that_are_published_are_shown_and_can_be_taken_back()
    {
        Netns container = _world.World.AddContainer();
        _world.RunOk("attach", container.Path, "--name", "web", "-p", "8080:80");
        string before = _world.Snapshot();

        CommandResult publish = FailAt(2, "rename,renameat,renameat2", "publish", "web", "9090:90");

        publish.ExitCode.Should().Be(0, publish.ToString());
        _world.RunOk("inspect", "web").Should().Contain("9090");
        _world.RunOk("unpublish", "web", "9090:90");
        _world.RunOk("repair");
        _world.Snapshot().Should().Be(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_network_that_could_not_be_written_down_leaves_nothing(int number)
    {
        _world.RunOk("attach", _world.World.AddContainer().Path);
        string before = _world.Snapshot();
        string[] create = ["network", "create", "--subnet", "172.30.0.0/24", "blue"];

        CommandResult failed = FailAt(number, "rename,renameat,renameat2", create);

        failed.ExitCode.Should().Be(1);
        failed.Errors.Should().Contain("ENOSPC");
        _world.Snapshot().Should().Be(before);
        _world.RunOk(create);
    }

    [Fact]
    public void An_endpoint_is_attached_though_other_firewalls_cannot_be_read()
    {
        Netns container = _world.World.AddContainer();
        _world.RunOk("attach", _world.World.AddContainer().Path);

        CommandResult? told = Enumerable.Range(1, 12).Select(number => AttachFailingAt(container, number))
            .FirstOrDefault(attach => attach.Errors.Contains("whether other firewalls drop its packets is not known", StringComparison.Ordinal));

        told.Should().NotBeNull("one of its requests is the one for other firewalls");
        told!.ExitCode.Should().Be(0, told.ToString());
    }

    /// <summary>Attaches and detaches, and checks that it is attached if and only if it says so.</summary>
    private CommandResult AttachFailingAt(Netns container, int number)
    {
        string[] failing = ["-e", "trace=sendto,sendmsg", "-e", $"inject=sendto,sendmsg:error=ENOBUFS:when={number}"];
        CommandResult attach = _world.Trace(failing, "attach", container.Path, "--name", "one").Result;
        _world.RunOk("gc");
        (_world.Run("detach", "one").ExitCode == 0).Should().Be(attach.ExitCode == 0, attach.ToString());
        return attach;
    }

    private CommandResult FailAt(int number, string calls, params string[] arguments) =>
        _world.Trace(["-e", $"trace={calls}", "-e", $"inject={calls}:error=ENOSPC:when={number}"], arguments).Result;
}
