using Tmds.Linux;

namespace BridgeNet.Native;

public sealed class MountsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_bind_mount_shows_the_source_until_it_is_detached() => InMountNamespace(() =>
    {
        string source = Write("source", "the source");
        string target = Write("target", "the target");

        Mounts.Bind(source, target);
        string bound = File.ReadAllText(target);
        bool detached = Mounts.Detach(target);

        bound.Should().Be("the source");
        detached.Should().BeTrue();
        File.ReadAllText(target).Should().Be("the target");
    });

    [Fact]
    public void A_bound_namespace_is_that_namespace() => InMountNamespace(() =>
    {
        string target = Write("sandbox", "");

        Mounts.Bind(ThreadNamespace.CurrentPath, target);
        using FileDescriptor kept = Files.Open(directory: null, target, OpenFlags.ReadOnly);

        ThreadNamespace.IsNetworkNamespace(kept).Should().BeTrue();
    });

    [Fact]
    public void A_mount_that_can_only_be_read_becomes_writable() => InMountNamespace(() =>
    {
        string source = Write("source", "the source");
        string target = Write("target", "the target");
        Mounts.Bind(source, target);
        MakeReadOnly(target);
        Action write = () => File.WriteAllText(target, "written");

        write.Should().Throw<IOException>().WithMessage("*ead-only*");
        Mounts.MakeWritable(target);
        write();

        File.ReadAllText(source).Should().Be("written");
    });

    [Fact]
    public void What_is_not_mounted_cannot_be_detached() => InMountNamespace(() =>
    {
        Mounts.Detach(Write("plain", "")).Should().BeFalse();
        Mounts.Detach(_directory.File("missing")).Should().BeFalse();
    });

    [Fact]
    public void A_link_to_a_mount_does_not_detach_it() => InMountNamespace(() =>
    {
        string target = Write("target", "the target");
        Mounts.Bind(Write("source", "the source"), target);
        File.CreateSymbolicLink(_directory.File("link"), target);

        bool detached = Mounts.Detach(_directory.File("link"));

        detached.Should().BeFalse();
        File.ReadAllText(target).Should().Be("the source");
    });

    [Fact]
    public void A_missing_target_is_named_in_the_error() => InMountNamespace(() =>
    {
        string missing = _directory.File("missing");

        FluentActions.Invoking(() => Mounts.Bind(Write("source", ""), missing))
            .Should().Throw<KernelException>().WithMessage($"mount {missing}: ENOENT (No such file or directory)");
    });

    private static void InMountNamespace(Action work) => OwnThread.Run(() =>
    {
        MakeMountsPrivate();
        work();
    });

    private static unsafe void MakeMountsPrivate()
    {
        Call.ThrowIfFailed(LibC.unshare(LibC.CLONE_NEWNS), "unshare CLONE_NEWNS");
        using CString root = new("/", stackalloc byte[CString.StackBytes]);
        Call.ThrowIfFailed(LibC.mount(null, root.Pointer, null, LibC.MS_REC | LibC.MS_PRIVATE, null), "mount --make-rprivate /");
    }

    private static unsafe void MakeReadOnly(string target)
    {
        using CString path = new(target, stackalloc byte[CString.StackBytes]);
        Call.ThrowIfFailed(LibC.mount(null, path.Pointer, null, LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_RDONLY, null), "mount -o remount,bind,ro");
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(_directory.File(name), content);
        return _directory.File(name);
    }
}
