using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>
/// All that BridgeNet remembers, shared by every process that names the same directory:
/// <c>networks/</c> and <c>endpoints/</c> (records), <c>names/</c> and <c>addresses/NETWORK/</c> (claims),
/// <c>cursors/</c> (hints),
/// <c>locks/</c> (one an endpoint, and "networks"), <c>owners/</c> (one a living process that has unkept endpoints).
/// </summary>
internal sealed class StateDirectory : IDisposable
{
    /// <summary>0700: only the owner reads what is in it.</summary>
    private const int DirectoryMode = 0x1c0;

    private static readonly string[] s_directories = ["networks", "endpoints", "names", "addresses", "cursors", "locks", "owners"];

    private readonly string _path;

    public StateDirectory(string path)
    {
        _path = path;
        try
        {
            if (!Directory.Exists(Below(s_directories[^1])))
            {
                Make();
            }
            Networks = new RecordStore<NetworkRecord>(Below("networks"), StateJsonContext.Default.NetworkRecord);
            Endpoints = new RecordStore<EndpointRecord>(Below("endpoints"), StateJsonContext.Default.EndpointRecord);
            Names = new ClaimStore(Below("names"));
            Cursors = new HintStore(Below("cursors"));
            Locks = new LockDirectory(Below("locks"));
            Owners = new LockDirectory(Below("owners"));
        }
        catch (KernelException error)
        {
            throw new StateException(path, error.Message, error);
        }
    }

    /// <summary>What networks there are.</summary>
    public RecordStore<NetworkRecord> Networks { get; }

    /// <summary>What endpoints there are.</summary>
    public RecordStore<EndpointRecord> Endpoints { get; }

    /// <summary>Names of endpoints, by which people call them.</summary>
    public ClaimStore Names { get; }

    /// <summary>The address that each network handed out last.</summary>
    public HintStore Cursors { get; }

    /// <summary>A lock an endpoint, held while a verb works on it; and one for networks.</summary>
    public LockDirectory Locks { get; }

    /// <summary>A lock a process, held while it lives, for endpoints that are to end with it.</summary>
    public LockDirectory Owners { get; }

    /// <summary>The lock of a network: shared by those who attach to it until their endpoint is written down, alone for who removes it.</summary>
    public HeldLock LockNetwork(string network, bool shared) => Locks.Acquire($"network-{network}", shared);

    /// <summary>The claims on a network's addresses.</summary>
    public ClaimStore OpenAddresses(string network)
    {
        string path = Below($"addresses/{network}");
        _ = Files.MakeDirectory(directory: null, path, DirectoryMode);
        return new ClaimStore(path);
    }

    /// <summary>Forgets what belongs to a network that is gone; no address of it may be claimed, and its lock is the caller's.</summary>
    public void ForgetNetwork(string network)
    {
        _ = Files.RemoveDirectory(directory: null, Below($"addresses/{network}"));
        Cursors.Forget(network);
        Networks.Forget(network);
        Locks.Remove($"network-{network}");
    }

    public void Dispose()
    {
        Networks.Dispose();
        Endpoints.Dispose();
        Names.Dispose();
        Cursors.Dispose();
        Locks.Dispose();
        Owners.Dispose();
    }

    private void Make()
    {
        _ = Files.MakeDirectory(directory: null, _path, DirectoryMode);
        foreach (string name in s_directories)
        {
            _ = Files.MakeDirectory(directory: null, Below(name), DirectoryMode);
        }
    }

    private string Below(string name) => $"{_path}/{name}";
}
