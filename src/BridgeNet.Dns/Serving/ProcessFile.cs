using System.Globalization;

using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Serving;

/// <summary>
/// The file <c>aardvark.pid</c> in the directory of names. Netavark reads the number of the server's process there, to send it SIGHUP, and starts
/// a server where there is none.
/// </summary>
/// <param name="directory">The directory of names.</param>
internal sealed class ProcessFile(string directory)
{
    /// <summary>The verb of the binary that serves names.</summary>
    public const string Verb = "dns";

    private const string Option = "--config=";

    private readonly string _directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
    private readonly string _path = Path.Combine(directory, NameDirectory.ProcessFile);

    /// <summary>The number of another name server that lives; null if there is none, or the number is some other program's by now.</summary>
    public int? FindOther() => Read() is { } id && id != Environment.ProcessId && IsNameServer(id) ? id : null;

    /// <summary>Writes this process's number, without a line feed, as aardvark-dns does.</summary>
    public void Write() => File.WriteAllText(_path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Removes the file if it still is this process's.</summary>
    public void Remove()
    {
        if (Read() == Environment.ProcessId)
        {
            File.Delete(_path);
        }
    }

    /// <summary>
    /// Whether a process serves this directory: a word of its command line is the directory, or the word that a unit without options has. A server
    /// that was killed leaves its number behind, the number may be another program's by now, and SIGHUP ends a program that does not expect it.
    /// </summary>
    private bool IsNameServer(int id)
    {
        string process = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}";
        try
        {
            string[] words = File.ReadAllText($"{process}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
            string place = PlaceOf(process);
            return words is [_, Verb] && IsSame(NameServerOptions.UsualDirectory, place)
                || words.Skip(1).Any(word => IsSame(word.StartsWith(Option, StringComparison.Ordinal) ? word[Option.Length..] : word, place));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // there is no such process
        }
    }

    /// <summary>Where a process is, to which its words may be relative; the root if this one may not look.</summary>
    private static string PlaceOf(string process)
    {
        try
        {
            return File.ResolveLinkTarget($"{process}/cwd", returnFinalTarget: false)?.FullName ?? "/";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "/";
        }
    }

    private bool IsSame(string word, string place) =>
        word.Length > 0 && string.Equals(Path.TrimEndingDirectorySeparator(Path.GetFullPath(word, place)), _directory, StringComparison.Ordinal);

    private int? Read()
    {
        try
        {
            return int.TryParse(File.ReadAllText(_path), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0 ? id : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
