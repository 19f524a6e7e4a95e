using System.Collections.Concurrent;

using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>
/// All that BridgeNet remembers, shared by every process that names the same directory:
/// <c>networks/</c> and <c>endpoints/</c> (records), <c>names/</c> and <c>addresses/NETWORK/</c> (claims, and in <c>.freed/</c> when one ended),
/// <c>cursors/</c> (hints),
/// <c>locks/</c> (one an endpoint, and "networks"), <c>owners/</c> (one a living process that has unkept endpoints).
/// </summary>
internal sealed class StateDirectory : IDisposable
{
    /// <summary>0700: only the owner reads what is in it.</summary>
    private const int DirectoryMode = 0x1c0;

    private static readonly string[] s_directories = ["networks", "endpoints", "names", "addresses", "cursors", "locks", "owners"];

    /// <summary>The note which boot the records are of, in the directory itself.</summary>
    private const string BootNote = "boot";

    private readonly FileDescriptor _addresses;
    private readonly ConcurrentDictionary<string, AddressClaims> _claims = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>Opens the directory, and makes it if need be.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="time">One clock for all processes that use it; null for the kernel's monotonic clock.</param>
    /// <param name="boot">Which boot this is; null for the kernel's word.</param>
    /// <exception cref="StateException">It cannot be made or opened.</exception>
    public StateDirectory(string path, TimeProvider? time = null, string? boot = null)
    {
        _path = path;
        _time = time ?? TimeProvider.System;
        try
        {
            if (!Directory.Exists(Below(s_directories[^1])))
            {
                Make();
            }
            Networks = new RecordStore<NetworkState>(Below("networks"), NetworkFields.All);
            Endpoints = new RecordStore<EndpointState>(Below("endpoints"), EndpointFields.All);
            Names = new ClaimStore(new LinkFolder(Below("names")));
            _addresses = Files.Open(directory: null, Below("addresses"), OpenFlags.ReadOnly | OpenFlags.Directory);
            Hints = new HintStore(new LinkFolder(Below("cursors")));
            Locks = new LockDirectory(Below("locks"));
            Owners = new LockDirectory(Below("owners"));
            NoticeReboot(boot ?? BootId.Read());
        }
        catch (KernelException error)
        {
            throw new StateException(path, error.Message, error);
        }
    }

    /// <summary>What networks there are.</summary>
    public RecordStore<NetworkState> Networks { get; }

    /// <summary>What endpoints there are.</summary>
    public RecordStore<EndpointState> Endpoints { get; }

    /// <summary>Names of endpoints, by which people call them.</summary>
    public ClaimStore Names { get; }

    /// <summary>The address of each subnet that was handed out last, and the last MAC address of some addresses; see <see cref="HintOf"/>.</summary>
    public HintStore Hints { get; }

    /// <summary>A lock an endpoint, held while a verb works on it; and one for networks.</summary>
    public LockDirectory Locks { get; }

    /// <summary>A lock a process, held while it lives, for endpoints that are to end with it.</summary>
    public LockDirectory Owners { get; }

    /// <summary>A committed endpoint; null for none. If it ended while the caller waited for its lock, the lock's file goes too.</summary>
    /// <param name="id">Its id, whose lock the caller holds.</param>
    public EndpointState? FindMade(string id)
    {
        EndpointState? record = Endpoints.Find(id, out RecordPhase phase);
        if (record is null && !Endpoints.Exists(id))
        {
            Locks.Remove(id);
        }
        return phase is RecordPhase.Done ? record : null;
    }

    /// <summary>The lock of a network: shared by those who attach to it until their endpoint is written down, alone for who removes it.</summary>
    public HeldLock LockNetwork(string network, bool shared) => Locks.Acquire($"network-{network}", shared);

    /// <summary>The lock of a network, alone, if nobody has it; else null.</summary>
    public HeldLock? TryLockNetwork(string network) => Locks.TryAcquire($"network-{network}");

    /// <summary>The claims on a network's addresses.</summary>
    public AddressClaims AddressesOf(string network) =>
        _claims.GetOrAdd(network, static (name, state) => new AddressClaims(state._addresses, state.Below("addresses"), name, state._time), this);

    /// <summary>The name of the hint on a subnet or address of a network: '/' cannot be in a file's name, and '@' is not in a network's.</summary>
    public static string HintOf(string network, string subject) => $"{network}@{subject.Replace('/', '_')}";

    /// <summary>Forgets what belongs to a removed network. The caller holds its lock, so any claim left belongs to a dead process.</summary>
    public void ForgetNetwork(string network)
    {
        AddressClaims claims = AddressesOf(network);
        claims.ForgetFreed();
        ReleaseStray(claims.List(), claims.GiveBack);
        claims.RemoveFolders();
        _ = _claims.TryRemove(network, out _);
        string itsHints = HintOf(network, "");
        foreach (string hint in Hints.List().Where(name => name.StartsWith(itsHints, StringComparison.Ordinal)))
        {
            _ = Hints.Forget(hint);
        }
        Networks.Forget(network);
        ForgetNetworkLock(network);
    }

    /// <summary>Removes the lock of a network that is gone; to be called by who holds it alone.</summary>
    public void ForgetNetworkLock(string network) => Locks.Remove($"network-{network}");

    /// <summary>
    /// Gives back what nobody has. Claims are made before the record is written, under the endpoint's lock: one without a record and with a free
    /// lock is nobody's.
    /// </summary>
    /// <typeparam name="T">A name or an address.</typeparam>
    /// <param name="claims">What is claimed, and by which endpoint.</param>
    /// <param name="release">Gives one back.</param>
    public void ReleaseStray<T>(IReadOnlyList<(T Thing, string Owner)> claims, Action<T, string> release)
    {
        foreach ((T thing, string owner) in claims)
        {
            using HeldLock? alone = Locks.TryAcquire(owner);
            if (alone is not null && !Endpoints.Exists(owner))
            {
                release(thing, owner);
                Locks.Remove(owner);
            }
        }
    }

    public void Dispose()
    {
        Networks.Dispose();
        Endpoints.Dispose();
        Names.Dispose();
        foreach (AddressClaims claims in _claims.Values)
        {
            claims.Dispose();
        }
        _addresses.Dispose();
        Hints.Dispose();
        Locks.Dispose();
        Owners.Dispose();
    }

    /// <summary>
    /// For a directory that is not on tmpfs and so outlived the kernel's objects. It keeps networks; the next repair or use makes them again. It
    /// drops endpoints with their names, addresses and owners, because their namespaces are gone.
    /// </summary>
    private void NoticeReboot(string boot)
    {
        using FileDescriptor root = Files.Open(directory: null, _path, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (boot.Length == 0 || string.Equals(Files.ReadSymbolicLink(root, BootNote), boot, StringComparison.Ordinal))
        {
            return;
        }
        using HeldLock alone = Locks.Acquire(BootNote);
        string? noted = Files.ReadSymbolicLink(root, BootNote);
        if (string.Equals(noted, boot, StringComparison.Ordinal))
        {
            return; // another process was faster
        }
        if (noted is not null)
        {
            DropEndpoints();
            _ = Files.Unlink(root, BootNote);
        }
        _ = Files.SymbolicLink(root, BootNote, boot);
        Locks.Remove(BootNote);
    }

    private void DropEndpoints()
    {
        foreach (string owner in Owners.List())
        {
            Owners.Remove(owner);
        }
        foreach ((string id, _) in Endpoints.List())
        {
            Endpoints.Forget(id);
            Locks.Remove(id);
        }
        foreach ((string name, string owner) in Names.List())
        {
            Names.Release(name, owner);
        }
        foreach ((string network, RecordPhase phase) in Networks.List())
        {
            AddressClaims claims = AddressesOf(network);
            foreach ((System.Net.IPAddress address, string owner) in claims.List())
            {
                claims.GiveBack(address, owner);
            }
            claims.ForgetFreed();
            if (phase is not RecordPhase.Done)
            {
                ForgetNetwork(network);
            }
        }
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
