using System.Collections;

using BridgeNet.Native;
using BridgeNet.Runtimes.Cni;

namespace BridgeNet.Cli.Running;

/// <summary>
/// Runs this process as a CNI plugin, if CNI_COMMAND is set or it was called by a plugin's name other than the binary's own.
/// </summary>
internal static class CniCallProcess
{
    /// <summary>The name by which this process was called.</summary>
    private static string Binary => Path.GetFileName(Environment.GetCommandLineArgs()[0]);

    /// <summary>Whether this process was called as a CNI plugin.</summary>
    public static bool IsIt(IReadOnlyCollection<string> arguments) =>
        arguments.Count == 0
        && (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CNI_COMMAND"))
            || (Binary is not Product.Name && CniPlugins.Find(Binary) is not null));

    /// <summary>Serves the call.</summary>
    /// <returns>The exit status.</returns>
    public static int Run()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }
        using Stream input = Console.OpenStandardInput();
        using StandardStream output = StandardStream.Output();
        StreamWriter errors = new(StandardStream.Error()) { AutoFlush = true };
        return new CniProgram(Binary, new PluginProcess(), new NameServerChildStarter(), input, output, errors).Run(variables);
    }
}
