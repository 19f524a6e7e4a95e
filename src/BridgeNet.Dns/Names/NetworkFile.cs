using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BridgeNet.Dns.Names;

/// <summary>A network's file in the format of aardvark-dns: a line of addresses to listen on and servers, then a line for each container.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="IsInternal">Whether its containers may ask for names of the network only; the file's name ends in %int.</param>
/// <param name="ListenAddresses">Where its containers ask.</param>
/// <param name="Servers">Whom to ask for its containers; empty for the host's servers.</param>
/// <param name="Containers">Its containers.</param>
internal sealed record NetworkFile(
    string Network,
    bool IsInternal,
    IReadOnlyList<IPAddress> ListenAddresses,
    IReadOnlyList<IPAddress> Servers,
    IReadOnlyList<ContainerLine> Containers)
{
    private const string InternalSuffix = "%int";
    private const int FewestFields = 4;

    /// <summary>Reads a file's text.</summary>
    /// <param name="fileName">The file's name without its directory.</param>
    /// <param name="text">What is in it.</param>
    /// <param name="file">The network.</param>
    /// <param name="reason">What is wrong, if it cannot be read.</param>
    public static bool TryParse(
        string fileName, string text, [NotNullWhen(true)] out NetworkFile? file, [NotNullWhen(false)] out string? reason)
    {
        file = null;
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0)
        {
            reason = "it is empty";
            return false;
        }
        string[] head = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!TryParseAddresses(head[0], out List<IPAddress> listen, out reason)
            || !TryParseAddresses(head.ElementAtOrDefault(1) ?? "", out List<IPAddress> servers, out reason))
        {
            reason = $"line 1: {reason}";
            return false;
        }
        List<ContainerLine> containers = [];
        for (int i = 1; i < lines.Length; i++)
        {
            if (!TryParseContainer(lines[i], out ContainerLine? container, out reason))
            {
                reason = $"line {i + 1}: {reason}";
                return false;
            }
            containers.Add(container);
        }
        bool isInternal = fileName.EndsWith(InternalSuffix, StringComparison.Ordinal);
        file = new NetworkFile(isInternal ? fileName[..^InternalSuffix.Length] : fileName, isInternal, listen, servers, containers);
        reason = null;
        return true;
    }

    private static bool TryParseContainer(string line, [NotNullWhen(true)] out ContainerLine? container, [NotNullWhen(false)] out string? reason)
    {
        container = null;
        string[] fields = line.Split(' '); // a family without an address leaves an empty field
        if (fields.Length < FewestFields)
        {
            reason = $"it has {fields.Length} fields instead of {FewestFields}: id, IPv4 addresses, IPv6 addresses, names";
            return false;
        }
        if (!TryParseAddresses(fields[1], out List<IPAddress> addresses, out reason)
            || !TryParseAddresses(fields[2], out List<IPAddress> addresses6, out reason)
            || !TryParseAddresses(fields.ElementAtOrDefault(FewestFields) ?? "", out List<IPAddress> servers, out reason))
        {
            return false;
        }
        container = new ContainerLine(
            fields[0], [.. addresses, .. addresses6], fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries), servers);
        return true;
    }

    private static bool TryParseAddresses(string text, out List<IPAddress> addresses, [NotNullWhen(false)] out string? reason)
    {
        addresses = [];
        reason = null;
        foreach (string word in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (PlainAddress.Find(word) is not { } address)
            {
                reason = $"{word} is no address";
                return false;
            }
            addresses.Add(address);
        }
        return true;
    }
}
