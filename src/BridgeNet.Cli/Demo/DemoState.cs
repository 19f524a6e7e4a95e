using BridgeNet.Native;

namespace BridgeNet.Cli.Demo;

/// <summary>
/// The demo's state directory. By default the demo has one of its own, named after the host's namespace, and removes it in the end. It first
/// ends what a killed demo left there. If BridgeNet's table exists already, the demo uses the usual state directory, because a table belongs to
/// one state directory.
/// </summary>
internal sealed class DemoState : IDisposable
{
    private const int OwnerOnly = 0x1c0; // 0700

    private readonly FileDescriptor? _lock;
    private readonly bool _isOwn;
    private bool _isDisposed;

    private DemoState(string path, bool isOwn, FileDescriptor? held)
    {
        Path = path;
        _isOwn = isOwn;
        _lock = held;
    }

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>Whether the directory still exists although it should have been removed.</summary>
    public bool IsLeft => _isOwn && Directory.Exists(Path);

    /// <summary>Chooses the directory.</summary>
    /// <param name="wanted">The one that was asked for; null for none.</param>
    /// <param name="host">The host's namespace.</param>
    /// <param name="view">The kernel's view of it.</param>
    /// <param name="narrator">Told what is unusual.</param>
    /// <exception cref="DemoException">Another demo is running here.</exception>
    public static DemoState Choose(string? wanted, NetworkNamespace host, HostView view, Narrator narrator)
    {
        if (wanted is not null)
        {
            return new DemoState(wanted, isOwn: !Directory.Exists(wanted), held: null);
        }
        string path = $"{BridgeDriverOptions.DefaultStateDirectory}-demo-{host.Identity.Inode}";
        bool isKilledOnes = Directory.Exists(path);
        FileDescriptor held = Lock(path);
        if (isKilledOnes)
        {
            EndAll(path);
            narrator.Note("removed what a demo that was killed had left");
        }
        if (!view.HasTable)
        {
            return new DemoState(path, isOwn: true, held);
        }
        Directory.Delete(path, recursive: true);
        held.Dispose();
        narrator.Note($"BridgeNet is at work here already: the demo joins the state in {BridgeDriverOptions.DefaultStateDirectory}");
        return new DemoState(BridgeDriverOptions.DefaultStateDirectory, isOwn: false, held: null);
    }

    /// <summary>Removes the directory, if it is the demo's own.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return; // by now the path may be another demo's
        }
        _isDisposed = true;
        if (_isOwn && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
        _lock?.Dispose();
    }

    /// <summary>Locks the directory itself. If another process replaces the directory meanwhile, the new one is locked.</summary>
    private static FileDescriptor Lock(string path)
    {
        while (true)
        {
            _ = Files.MakeDirectory(directory: null, path, OwnerOnly);
            FileDescriptor? directory = Files.TryOpen(
                directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow, mode: 0, out _);
            if (directory is null)
            {
                continue;
            }
            if (!FileLock.TryAcquire(directory))
            {
                directory.Dispose();
                throw new DemoException("another demo is running here: end that one first");
            }
            using FileDescriptor? again = Files.TryOpen(
                directory: null, path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow, mode: 0, out _);
            if (again is not null && Files.Identify(again) == Files.Identify(directory))
            {
                return directory;
            }
            directory.Dispose();
        }
    }

    private static void EndAll(string path)
    {
        using BridgeDriver driver = BridgeDriver.Open(new BridgeDriverOptions { StateDirectory = path });
        _ = driver.CollectGarbage();
        foreach (Endpoint endpoint in driver.Endpoints)
        {
            _ = driver.Detach(endpoint.Id);
        }
        foreach (Network network in driver.Networks)
        {
            driver.RemoveNetwork(network.Name);
        }
    }
}
