using System.Runtime.CompilerServices;

namespace BridgeNet.TestKit;

/// <summary>
/// Texts that a person accepted: files in the folder Goldens beside the test. `./dev golden --accept` writes them anew, to be read as a diff.
/// </summary>
public static class Golden
{
    /// <summary>The variable that says that what is there now is to be accepted.</summary>
    public const string AcceptVariable = "BRIDGENET_ACCEPT_GOLDENS";

    /// <summary>Fails unless a text equals the accepted one.</summary>
    /// <param name="name">The file's name, as <c>two-networks.nft</c>.</param>
    /// <param name="actual">What there is now.</param>
    /// <param name="caller">The test's file; left to the compiler.</param>
    public static void Verify(string name, string actual, [CallerFilePath] string caller = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(caller)!, "Goldens", name);
        if (Environment.GetEnvironmentVariable(AcceptVariable) is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }
        string accepted = File.Exists(path)
            ? File.ReadAllText(path)
            : throw new InvalidOperationException($"{path}: nobody accepted it: ./dev golden --accept");
        if (!string.Equals(accepted, actual, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{path} differs: see it with ./dev golden --accept and git diff. Now it is:\n{actual}");
        }
    }

    /// <summary>The path of an accepted file, for the tools that read it.</summary>
    public static string PathOf(string name, [CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "Goldens", name);
}
