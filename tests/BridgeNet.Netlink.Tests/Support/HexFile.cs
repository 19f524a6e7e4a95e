namespace BridgeNet.Netlink.Tests;

/// <summary>Bytes in a file: pairs of hexadecimal digits, and comments from '#' to the line's end.</summary>
internal static class HexFile
{
    public static byte[] Read(params string[] path)
    {
        string file = Path.Combine([AppContext.BaseDirectory, "Goldens", .. path]);
        return [.. File.ReadLines(file)
            .SelectMany(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(pair => Convert.ToByte(pair, 16))];
    }
}
