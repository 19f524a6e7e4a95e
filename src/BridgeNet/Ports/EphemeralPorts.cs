using System.Globalization;

namespace BridgeNet.Ports;

/// <summary>The host's ephemeral ports: ip_local_port_range without ip_local_reserved_ports (ip-sysctl of the kernel).</summary>
/// <param name="Range">The range, including reserved ports.</param>
internal sealed record EphemeralPorts(PortRange Range)
{
    private const string Directory = "/proc/sys/net/ipv4";

    private readonly HashSet<int> _reserved = [];

    /// <summary>The default range if the kernel does not tell: Docker's.</summary>
    public static PortRange Fallback { get; } = PortRange.From(49153, 65535);

    /// <summary>Reads those of the calling thread's network namespace.</summary>
    public static EphemeralPorts Read() => Read($"{Directory}/ip_local_port_range", $"{Directory}/ip_local_reserved_ports");

    /// <summary>Reads them from two files. If one cannot be read: the default range, and no reserved ports.</summary>
    public static EphemeralPorts Read(string rangeFile, string reservedFile)
    {
        EphemeralPorts ports = new(ReadRange(rangeFile));
        foreach (PortRange range in ReadReserved(reservedFile))
        {
            ports._reserved.UnionWith(Enumerable.Range(range.First, range.Count));
        }
        return ports;
    }

    /// <summary>Whether the administrator reserved a port: only a request for that port gets it.</summary>
    public bool IsReserved(int port) => _reserved.Contains(port);

    private static PortRange ReadRange(string file)
    {
        string[] ends = ReadWords(file);
        return ends is [string first, string last]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int lowest)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out int highest)
            && lowest >= 1 && lowest <= highest && highest <= ushort.MaxValue
                ? PortRange.From(lowest, highest)
                : Fallback;
    }

    private static IEnumerable<PortRange> ReadReserved(string file)
    {
        foreach (string word in ReadWords(file))
        {
            PortRange range;
            try
            {
                range = PortRange.Parse(word);
            }
            catch (FormatException)
            {
                continue; // port 0 may be reserved too
            }
            yield return range;
        }
    }

    private static string[] ReadWords(string file)
    {
        try
        {
            return File.ReadAllText(file).Split([' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
