namespace BridgeNet.Fuzz;

/// <summary>Inputs worth beginning with: a file a target, a line of hexadecimal digits an input.</summary>
internal static class Corpus
{
    private const int MostKept = 200;
    private const int LongestKept = 4096;

    /// <summary>What was found worth keeping before.</summary>
    public static List<byte[]> Read(string directory, string target)
    {
        string path = PathOf(directory, target);
        return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Length > 0).Select(Convert.FromHexString)] : [];
    }

    /// <summary>Keeps what found the most, the short ones first.</summary>
    public static void Write(string directory, string target, IEnumerable<byte[]> inputs)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllLines(
            PathOf(directory, target),
            inputs.Where(input => input.Length is > 0 and <= LongestKept)
                .OrderBy(input => input.Length)
                .Take(MostKept)
                .Select(Convert.ToHexStringLower));
    }

    private static string PathOf(string directory, string target) => Path.Combine(directory, $"{target}.hex");
}
