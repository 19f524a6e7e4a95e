using BridgeNet.TestKit;

namespace BridgeNet.Native;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void An_exclusive_lock_keeps_everybody_else_out_until_its_descriptor_is_closed()
    {
        using FileDescriptor other = Open();
        using (FileDescriptor holder = Open())
        {
            FileLock.Acquire(holder);

            FileLock.TryAcquire(other).Should().BeFalse();
            FileLock.TryAcquire(other, shared: true).Should().BeFalse();
        }

        // a program that another test is just starting has the descriptor too, from its birth until it is executed
        Eventually.Until(() => FileLock.TryAcquire(other), TimeSpan.FromSeconds(10), "the lock is free");
    }

    [Fact]
    public void A_shared_lock_lets_others_share()
    {
        using FileDescriptor one = Open();
        using FileDescriptor two = Open();
        using FileDescriptor three = Open();

        FileLock.Acquire(one, shared: true);

        FileLock.TryAcquire(two, shared: true).Should().BeTrue();
        FileLock.TryAcquire(three).Should().BeFalse();
    }

    [Fact]
    public void Acquire_waits_for_its_turn()
    {
        using FileDescriptor waiter = Open();
        FileDescriptor holder = Open();
        FileLock.Acquire(holder);
        using ManualResetEventSlim acquired = new();
        Thread thread = new(() =>
        {
            FileLock.Acquire(waiter);
            acquired.Set();
        });

        thread.Start();
        acquired.IsSet.Should().BeFalse();
        holder.Dispose();

        thread.Join(TimeSpan.FromSeconds(30)).Should().BeTrue();
        acquired.IsSet.Should().BeTrue();
        using FileDescriptor late = Open();
        FileLock.TryAcquire(late).Should().BeFalse("the waiter holds it now");
    }

    [Fact]
    public void A_closed_descriptor_cannot_be_locked()
    {
        FileDescriptor file = Open();
        file.Dispose();

        FluentActions.Invoking(() => FileLock.TryAcquire(file)).Should().Throw<ObjectDisposedException>();
    }

    private FileDescriptor Open() => Files.Open(_directory.Descriptor, "lock", OpenFlags.ReadWrite | OpenFlags.Create, 0x180);
}
