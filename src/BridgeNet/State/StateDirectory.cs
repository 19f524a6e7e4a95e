using System.Collections.Concurrent;
using System.Net;

using BridgeNet.Definitions;
using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>
/// All that BridgeNet remembers, shared by every process with the same directory: <c>networks/</c> and <c>endpoints/</c> (records), <c>names/</c> and
/// <c>addresses/NETWORK/</c> (claims, with <c>.freed/</c> for the time when one ended), <c>cursors/</c> (hints), <c>locks/</c> (one for each
/// endpoint, and "networks"), <c>owners/</c> (one for each living process with unkept endpoints).
/// </summary>
internal sealed class StateDirectory : IDisposable
{
    /// <summary>0700: only the owner reads what is in it.</summary>
    private const int DirectoryMode = 0x1c0;

    private static readonly string[] s_directories = ["networks", "endpoints", "names", "addresses", "cursors", "locks", "owners"];

    /// <summary>The file that names the boot of the records, in the directory itself.</summary>
    private const string BootNote = "boot";

    private FileDescriptor _addresses;
    private readonly ConcurrentDictionary<string, AddressClaims> _claims = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <summary>Opens the directory, and makes it if necessary.</summary>
    /// <param name="path">The directory's path.</param>
    /// <param name="time">A clock that all its processes share; null for the kernel's monotonic clock.</param>
    /// <param name="boot">The id of this boot; null to ask the kernel.</param>
    /// <exception cref="StateException">It cannot be made or opened.</exception>
    public StateDirectory(string path, TimeProvider? time = null, string? boot = null)
    {
        Path = path;
        _time = time ?? TimeProvider.System;
        try
        {
            if (!Directory.Exists(Below(s_directories[^1])))
            {
                Make();
            }
            Networks = new RecordStore<NetworkState>(Below("networks"), NetworkFields.All, ObjectName.IsValid);
            Endpoints = new RecordStore<EndpointState>(Below("endpoints"), EndpointFields.All, DrawnId.IsShort);
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

    /// <summary>Its path.</summary>
    public string Path { get; }

    /// <summary>The subnets of internal networks.</summary>
    public IReadOnlyList<IPNetwork> InternalSubnets() =>
    [
        .. from network in Networks.All()
           where network.Record.Definition.Internal
           from subnet in network.Record.Definition.Subnets
           select subnet.Subnet,
    ];

    /// <summary>The records of networks.</summary>
    public RecordStore<NetworkState> Networks { get; private set; }

    /// <summary>The directory of <see cref="Networks"/>.</summary>
    public string NetworksPath => Below("networks");

    /// <summary>The directory of <see cref="Endpoints"/>.</summary>
    public string EndpointsPath => Below("endpoints");

    /// <summary>The records of endpoints.</summary>
    public RecordStore<EndpointState> Endpoints { get; private set; }

    /// <summary>The claims on endpoints' names.</summary>
    public ClaimStore Names { get; private set; }

    /// <summary>Hints: each subnet's last address handed out, and the last MAC address of some addresses; see <see cref="HintOf"/>.</summary>
    public HintStore Hints { get; private set; }

    /// <summary>One lock for each endpoint, held while a verb works on it; and one for networks.</summary>
    public LockDirectory Locks { get; private set; }

    /// <summary>One lock for each process, held while it lives, for the endpoints that end with it.</summary>
    public LockDirectory Owners { get; private set; }

    /// <summary>
    /// Opens the directory anew if another took its place, as after somebody deleted it and <see cref="BridgeDriver.Rebuild"/> made its records
    /// again. A process that lives long asks before it reads.
    /// </summary>
    /// <returns>False if it was deleted and there is none with networks as yet.</returns>
    public bool TryFollow()
    {
        if (!Directory.Exists(Below(s_directories[^1])))
        {
            return false;
        }
        if (Files.Identify(Below("addresses")) == Files.Identify(_addresses))
        {
            return true;
        }
        StateDirectory now = new(Path, _time, boot: "");
        if (!now.Networks.List().Any())
        {
            now.Dispose();
            return false;
        }
        // Another thread may use what was open: it is left to the finalizers.
        (Networks, Endpoints, Names, Hints, Locks, Owners) = (now.Networks, now.Endpoints, now.Names, now.Hints, now.Locks, now.Owners);
        _addresses = now._addresses;
        _claims.Clear();
        return true;
    }

    /// <summary>A committed endpoint; null for none. If it ended while the caller waited for its lock, the lock's file goes too.</summary>
    /// <param name="id">Its id; the caller holds its lock.</param>
    public EndpointState? FindMade(string id)
    {
        EndpointState? record = Endpoints.Find(id, out RecordPhase phase);
        if (record is null && !Endpoints.Exists(id))
        {
            Locks.Remove(id);
        }
        return phase is RecordPhase.Done ? record : null;
    }

    /// <summary>A network's lock: shared during an attach until the endpoint's intent is written, exclusive during a removal.</summary>
    public HeldLock LockNetwork(string network, bool shared) => Locks.Acquire($"network-{network}", shared);

    /// <summary>A network's lock, exclusive, if nobody has it; else null.</summary>
    public HeldLock? TryLockNetwork(string network) => Locks.TryAcquire($"network-{network}");

    /// <summary>The claims on a network's addresses.</summary>
    public AddressClaims AddressesOf(string network) =>
        _claims.GetOrAdd(network, static (name, state) => new AddressClaims(state._addresses, state.Below("addresses"), name, state._time), this);

    /// <summary>The name of the hint on a subnet or address of a network: '/' cannot be in a file's name, and '@' is not in a network's.</summary>
    public static string HintOf(string network, string subject) =>
        string.Create(network.Length + 1 + subject.Length, (network, subject), static (name, parts) =>
        {
            parts.network.CopyTo(name);
            name[parts.network.Length] = '@';
            parts.subject.CopyTo(name[(parts.network.Length + 1)..]);
            name.Replace('/', '_');
        });

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

    /// <summary>
    /// Forgets what neighbours may remember of addresses that nobody has and that rest no longer, for such notes would grow with every address that
    /// was ever used. The caller holds the network's lock, so nobody claims an address.
    /// </summary>
    public void DropIdleHints(string network)
    {
        string itsHints = HintOf(network, "");
        AddressClaims claims = AddressesOf(network);
        foreach (string hint in Hints.List().Where(name => name.StartsWith(itsHints, StringComparison.Ordinal)))
        {
            if (System.Net.IPAddress.TryParse(hint.AsSpan(itsHints.Length), out System.Net.IPAddress? address) && claims.IsIdle(address))
            {
                _ = Hints.Forget(hint);
            }
        }
    }

    /// <summary>Removes the lock of a network that is gone. The caller holds it exclusively.</summary>
    public void ForgetNetworkLock(string network) => Locks.Remove($"network-{network}");

    /// <summary>
    /// Releases stray claims. An attach makes its claims before its record, under the endpoint's lock: a claim without a record whose lock is free
    /// has no owner.
    /// </summary>
    /// <typeparam name="T">A name or an address.</typeparam>
    /// <param name="claims">The claims, and each one's endpoint.</param>
    /// <param name="release">Releases a claim.</param>
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
        using FileDescriptor root = Files.Open(directory: null, Path, OpenFlags.ReadOnly | OpenFlags.Directory);
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
        _ = Files.MakeDirectory(directory: null, Path, DirectoryMode);
        foreach (string name in s_directories)
        {
            _ = Files.MakeDirectory(directory: null, Below(name), DirectoryMode);
        }
    }

    private string Below(string name) => $"{Path}/{name}";
}
