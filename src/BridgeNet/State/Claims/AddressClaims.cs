using System.Globalization;
using System.Net;

using BridgeNet.Native;

namespace BridgeNet.State;

/// <summary>
/// Who has which address of a network, and which address was given back a short while ago: others still send to that one what was meant for
/// its last owner, so it rests in quarantine before it is handed out again.
/// </summary>
/// <remarks>
/// A claim is a symbolic link, as everywhere (see <see cref="ClaimStore"/>); a note in <c>.freed/</c> says when an address was given back. Only who
/// holds the claim writes or removes the note, and the note is written before the claim goes. So whoever gets the claim sees the note of the
/// owner before, in whatever process that was, and no lock is needed.
/// </remarks>
internal sealed class AddressClaims : IDisposable
{
    /// <summary>The folder of the notes, below that of the claims.</summary>
    public const string NotesFolder = ".freed";

    /// <summary>0700: only the owner reads what is in it.</summary>
    private const int DirectoryMode = 0x1c0;

    private const int MaxLooks = 1000;

    private readonly ClaimStore _claims;
    private readonly FileDescriptor _directory;
    private readonly string _network;
    private readonly HintStore _notes;
    private readonly TimeProvider _time;

    /// <summary>The claims in a network's folder, which is made with the first of them.</summary>
    /// <param name="directory">The open directory of all networks' folders.</param>
    /// <param name="path">Its path.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="time">Its time stamps must be those of one clock for all processes, as the kernel's monotonic clock is.</param>
    public AddressClaims(FileDescriptor directory, string path, string network, TimeProvider time)
    {
        _directory = directory;
        _network = network;
        _time = time;
        _claims = new ClaimStore(new LinkFolder(directory, path, network));
        _notes = new HintStore(new LinkFolder(directory, path, $"{network}/{NotesFolder}"));
    }

    /// <summary>
    /// How long an address rests while others are free: 60 s. Connections and neighbour entries of its last owner mostly end in that time.
    /// </summary>
    public static TimeSpan Quarantine { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Takes an address for an owner; false if somebody has it or it is in quarantine.</summary>
    public bool TryClaim(IPAddress address, string owner)
    {
        string name = address.ToString();
        if (!TryLink(name, owner))
        {
            return false;
        }
        if (_notes.Read(name) is { } note)
        {
            if (AgeOf(note) < Quarantine)
            {
                _claims.Release(name, owner);
                return false;
            }
            _ = _notes.Forget(name);
        }
        return true;
    }

    /// <summary>Takes an address for an owner, though it be in quarantine; false if somebody has it.</summary>
    /// <remarks>
    /// An address that has both a claim and a note is changing hands: its owner is giving it back, or somebody looks whether it is in quarantine.
    /// Either is over in a moment, so this looks again; a claim that its process left so is the next gc's.
    /// </remarks>
    public bool TryTake(IPAddress address, string owner)
    {
        string name = address.ToString();
        for (int look = 0; look < MaxLooks; look++)
        {
            if (TryLink(name, owner))
            {
                _ = _notes.Forget(name);
                return true;
            }
            if (_notes.Read(name) is null && _claims.OwnerOf(name) is not null)
            {
                return false;
            }
            _ = Thread.Yield();
        }
        return false;
    }

    /// <summary>Who has an address; null if nobody has.</summary>
    public string? OwnerOf(IPAddress address) => _claims.OwnerOf(address.ToString());

    /// <summary>Whether nobody has an address, nor had it a short while ago.</summary>
    public bool IsIdle(IPAddress address) => OwnerOf(address) is null && _notes.Read(address.ToString()) is null;

    /// <summary>Gives an address back, if it is the owner's. From now on it is in quarantine.</summary>
    public void Release(IPAddress address, string owner)
    {
        string name = address.ToString();
        if (string.Equals(_claims.OwnerOf(name), owner, StringComparison.Ordinal))
        {
            Note(name, _time.GetTimestamp().ToString(CultureInfo.InvariantCulture));
            _claims.Release(name, owner);
        }
    }

    /// <summary>Gives an address back that nobody on the network has seen, if it is the owner's; so without quarantine.</summary>
    public void GiveBack(IPAddress address, string owner) => _claims.Release(address.ToString(), owner);

    /// <summary>All claims.</summary>
    public IReadOnlyList<(IPAddress Address, string Owner)> List() =>
    [
        .. from claim in _claims.List()
           let address = AddressOf(claim.Thing)
           where address is not null
           select (address, claim.Owner),
    ];

    /// <summary>The addresses of which there is a note, the longest free first.</summary>
    public IReadOnlyList<IPAddress> ListFreed() =>
    [
        .. from note in Notes()
           orderby AgeOf(note.Content) descending
           let address = AddressOf(note.Name)
           where address is not null
           select address,
    ];

    /// <summary>Removes the notes whose time is over; to be called while nobody claims an address of this network.</summary>
    public void DropExpired()
    {
        foreach ((string name, string content) in Notes())
        {
            if (AgeOf(content) >= Quarantine)
            {
                _ = _notes.Forget(name);
            }
        }
    }

    /// <summary>Removes all notes; to be called by who removes the network, when it has no endpoints.</summary>
    public void ForgetFreed()
    {
        foreach (string name in _notes.List())
        {
            _ = _notes.Forget(name);
        }
    }

    /// <summary>Removes the network's folder, which is empty; to be called by who removes the network.</summary>
    public void RemoveFolders()
    {
        _ = Files.RemoveDirectory(_directory, $"{_network}/{NotesFolder}");
        _ = Files.RemoveDirectory(_directory, _network);
    }

    public void Dispose()
    {
        _claims.Dispose();
        _notes.Dispose();
    }

    private static IPAddress? AddressOf(string name) => IPAddress.TryParse(name, out IPAddress? address) ? address : null;

    private bool TryLink(string name, string owner)
    {
        try
        {
            return _claims.TryClaim(name, owner);
        }
        catch (KernelException error) when (error.Errno is Errno.ENOENT) // the network's first
        {
            MakeFolders();
            return _claims.TryClaim(name, owner);
        }
    }

    private void Note(string name, string content)
    {
        try
        {
            _notes.Note(name, content);
        }
        catch (KernelException error) when (error.Errno is Errno.ENOENT) // who made the network's folder died before he made this one
        {
            MakeFolders();
            _notes.Note(name, content);
        }
    }

    private void MakeFolders()
    {
        _ = Files.MakeDirectory(_directory, _network, DirectoryMode);
        _ = Files.MakeDirectory(_directory, $"{_network}/{NotesFolder}", DirectoryMode);
    }

    private IEnumerable<(string Name, string Content)> Notes() =>
        from name in _notes.List()
        let content = _notes.Read(name)
        where content is not null
        select (name, content);

    /// <summary>The time since a note was written. A note from the future is of an earlier boot; it has expired, as one that is no number.</summary>
    private TimeSpan AgeOf(string note)
    {
        TimeSpan age = long.TryParse(note, NumberStyles.None, CultureInfo.InvariantCulture, out long then)
            ? _time.GetElapsedTime(then, _time.GetTimestamp())
            : TimeSpan.MaxValue;
        return age < TimeSpan.Zero ? TimeSpan.MaxValue : age;
    }
}
