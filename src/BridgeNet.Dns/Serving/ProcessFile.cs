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

    private static bool IsNameServer(int id)
    {
        try
        {
            string words = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/cmdline");
            return words.Contains("aardvark-dns", StringComparison.Ordinal) || words.Contains("bridgenet", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

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
