using BridgeNet.State;

using Mono.Unix.Native;

namespace BridgeNet.Tests.State;

public sealed class LockDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly LockDirectory _locks;

    public LockDirectoryTests() => _locks = new LockDirectory(_directory.Path);

    public void Dispose()
    {
        _locks.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_held_lock_cannot_be_taken_until_it_is_let_go()
    {
        using (_locks.Acquire("a"))
        {
            _locks.TryAcquire("a").Should().BeNull();
        }

        using HeldLock? free = _locks.TryAcquire("a");
        free.Should().NotBeNull();
    }

    /// <summary>As a child has it between its fork and its exec.</summary>
    [Fact]
    public void A_lock_let_go_is_free_while_somebody_else_has_the_descriptor()
    {
        HeldLock held = _locks.Acquire("a");
        string link = Directory.GetFiles("/proc/self/fd").Single(file => new FileInfo(file).LinkTarget is { } target
            && target.StartsWith(_directory.Path, StringComparison.Ordinal) && target.EndsWith("/a", StringComparison.Ordinal));
        int copy = Syscall.dup(int.Parse(Path.GetFileName(link), System.Globalization.CultureInfo.InvariantCulture));

        held.Dispose();

        using (HeldLock? free = _locks.TryAcquire("a"))
        {
            free.Should().NotBeNull();
        }
        Syscall.close(copy).Should().Be(0, "it was a descriptor until now");
    }

    [Fact]
    public void Those_who_share_do_not_shut_each_other_out_but_who_is_alone()
    {
        using HeldLock one = _locks.Acquire("a", shared: true);
        using HeldLock two = _locks.Acquire("a", shared: true);

        _locks.TryAcquire("a").Should().BeNull();
    }

    [Fact]
    public async Task Who_waited_for_a_lock_that_was_removed_meanwhile_takes_the_new_one()
    {
        HeldLock first = _locks.Acquire("a");
        using ManualResetEventSlim began = new();
        Task<HeldLock> waiting = Task.Run(() =>
        {
            began.Set();
            return _locks.Acquire("a");
        });
        began.Wait();

        _locks.Remove("a");
        first.Dispose();

        using HeldLock second = await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        _locks.TryAcquire("a").Should().BeNull("the waiter holds the lock of the file that is there now");
    }
}
