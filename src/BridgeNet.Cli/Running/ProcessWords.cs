using System.Text;

namespace BridgeNet.Cli.Running;

/// <summary>
/// A process's arguments and environment as the bytes that it got. They need not be UTF-8: in .NET's strings a byte that is none becomes another.
/// </summary>
internal static class ProcessWords
{
    /// <summary>The last arguments of a process.</summary>
    /// <param name="process">Its number.</param>
    /// <param name="decoded">The arguments as strings; used where the bytes are not to be had.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> ArgumentsOf(int process, IReadOnlyList<string> decoded)
    {
        List<ReadOnlyMemory<byte>> all = Read($"/proc/{process}/cmdline") ?? [];
        ReadOnlyMemory<byte>[] last = [.. all.Skip(all.Count - decoded.Count)];
        return last.Select(word => Encoding.UTF8.GetString(word.Span)).SequenceEqual(decoded, StringComparer.Ordinal)
            ? last
            : [.. decoded.Select(word => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(word))];
    }

    /// <summary>The words of a process's command line; none if they cannot be read.</summary>
    public static IReadOnlyList<string> Of(int process) =>
        [.. (Read($"/proc/{process}/cmdline") ?? []).Select(word => Encoding.UTF8.GetString(word.Span))];

    /// <summary>The environment of a process; that of this process, which got it as strings, where it is not to be had.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> EnvironmentOf(int process) =>
        Read($"/proc/{process}/environ") ?? Read("/proc/self/environ") ?? [];

    /// <summary>Words that end in a NUL each; null if they cannot be read.</summary>
    private static List<ReadOnlyMemory<byte>>? Read(string path)
    {
        try
        {
            ReadOnlyMemory<byte> rest = File.ReadAllBytes(path);
            List<ReadOnlyMemory<byte>> words = [];
            for (int end; (end = rest.Span.IndexOf((byte)0)) >= 0; rest = rest[(end + 1)..])
            {
                words.Add(rest[..end]);
            }
            return words;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
