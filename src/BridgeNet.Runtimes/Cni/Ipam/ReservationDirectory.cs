using System.Globalization;
using System.Net;
using System.Text;

using BridgeNet.Native;

namespace BridgeNet.Runtimes.Cni;

/// <summary>
/// A network's reservations in host-local's layout, which other programs read and write too: a file an address with the container and the interface
/// in it, <c>last_reserved_ip.N</c> of each list of ranges, and <c>lock</c>, which is held as long as this object lives.
/// </summary>
internal sealed class ReservationDirectory : IDisposable
{
    private const string Separator = "\r\n";
    private const string Unfinished = ".unfinished";
    private const int UsualBytes = 512;
    private const int DirectoryMode = 0x1ed; // 0755
    private const int FileMode = 0x1a4; // 0644

    private readonly string _path;
    private readonly FileDescriptor _lock;

    private ReservationDirectory(string path, FileDescriptor heldLock)
    {
        _path = path;
        _lock = heldLock;
    }

    /// <summary>Opens a network's directory, creates it if it is missing, and waits for its lock.</summary>
    /// <exception cref="CniException">5: it cannot be made or opened.</exception>
    public static ReservationDirectory Open(string directory, string network)
    {
        string path = $"{directory.TrimEnd('/')}/{network}";
        try
        {
            Directory.CreateDirectory(directory);
            Files.MakeDirectory(directory: null, path, DirectoryMode);
            FileDescriptor file = LockedFile.Wait($"{path}/lock", FileMode);
            Files.Unlink(directory: null, $"{path}/{Unfinished}"); // left by a process that died: we hold the lock
            return new ReservationDirectory(path, file);
        }
        catch (Exception error) when (error is KernelException or IOException or UnauthorizedAccessException)
        {
            throw new CniException(
                CniErrorCode.InputOutput,
                $"the reservations of network {network} in {directory} cannot be opened: {error.Message}",
                innerException: error);
        }
    }

    /// <summary>Whether a network has a directory; creates nothing.</summary>
    public static bool Exists(string directory, string network) => Directory.Exists($"{directory.TrimEnd('/')}/{network}");

    /// <summary>All reservations.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    public IEnumerable<AddressReservation> List() => Addresses().Select(Read).OfType<AddressReservation>();

    /// <summary>The addresses that are reserved, by the names of the files. A file that is not named by an address is somebody else's.</summary>
    public IEnumerable<IPAddress> Addresses()
    {
        foreach (string file in Directory.EnumerateFiles(_path))
        {
            string name = Path.GetFileName(file);
            if ((char.IsAsciiHexDigit(name[0]) || name[0] is ':') && IPAddress.TryParse(name, out IPAddress? address))
            {
                yield return address;
            }
        }
    }

    /// <summary>Who has an address; null if nobody has.</summary>
    public AddressReservation? Read(IPAddress address)
    {
        if (TryReadText(PathOf(address)) is not { } text)
        {
            return null;
        }
        string[] lines = text.Trim().Split('\n', StringSplitOptions.TrimEntries);
        return new AddressReservation(address, lines[0], lines.Length > 1 ? lines[1] : null);
    }

    /// <summary>Reserves an address. A file without an owner, left by a process that died, reserves nothing.</summary>
    /// <returns>False if somebody has it.</returns>
    public bool TryTake(IPAddress address, string containerId, string interfaceName, int set)
    {
        if (Read(address) is { ContainerId.Length: > 0 })
        {
            return false;
        }
        string unfinished = $"{_path}/{Unfinished}";
        Write(unfinished, $"{containerId}{Separator}{interfaceName}");
        Files.Rename(directory: null, unfinished, PathOf(address));
        Write(LastOf(set), address.ToString());
        return true;
    }

    /// <summary>Gives an address back.</summary>
    public void Release(IPAddress address) => _ = Files.Unlink(directory: null, PathOf(address));

    /// <summary>The address that was given out last from a list of ranges; null if none was.</summary>
    public IPAddress? LastReserved(int set) => IPAddress.TryParse(TryReadText(LastOf(set))?.Trim(), out IPAddress? address) ? address : null;

    /// <summary>Lets the lock go.</summary>
    public void Dispose()
    {
        _ = FileLock.TryRelease(_lock);
        _lock.Dispose();
    }

    private string PathOf(IPAddress address) => $"{_path}/{address}";

    private string LastOf(int set) => $"{_path}/last_reserved_ip.{set.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A file's text; null if there is none. .NET reads what is long or unreadable, for its error messages.</summary>
    private static string? TryReadText(string path)
    {
        try
        {
            using FileDescriptor? file = Files.TryOpen(directory: null, path, OpenFlags.ReadOnly, mode: 0, out Errno errno);
            if (errno is Errno.ENOENT)
            {
                return null;
            }
            Span<byte> bytes = stackalloc byte[UsualBytes];
            if (file is not null && Files.Read(file, bytes) is var length && length < UsualBytes && Ascii.IsValid(bytes[..length]))
            {
                return Encoding.ASCII.GetString(bytes[..length]);
            }
        }
        catch (KernelException)
        {
            // a directory
        }
        return File.ReadAllText(path);
    }

    private static void Write(string path, string content)
    {
        using FileDescriptor file = Files.Open(directory: null, path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Truncate, FileMode);
        Files.Write(file, Encoding.UTF8.GetBytes(content));
    }
}
