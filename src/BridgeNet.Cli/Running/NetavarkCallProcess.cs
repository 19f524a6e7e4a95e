using System.Collections;
using System.Runtime.InteropServices;

using BridgeNet.Native;
using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Cli.Running;

/// <summary>Runs this process in netavark's place, if it was called by that name.</summary>
internal static class NetavarkCallProcess
{
    /// <summary>Whether this process was called as netavark.</summary>
    public static bool IsIt => Path.GetFileName(Environment.GetCommandLineArgs()[0]) is NetavarkProgram.Name;

    /// <summary>Serves the call.</summary>
    /// <returns>The exit status.</returns>
    public static int Run(string[] arguments)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }
        // A teardown that is begun is finished: nobody would begin it again.
        using PosixSignalRegistration? terminate = arguments.Contains("teardown") ? Ignore(PosixSignal.SIGTERM) : null;
        using PosixSignalRegistration? interrupt = arguments.Contains("teardown") ? Ignore(PosixSignal.SIGINT) : null;
        using Stream input = Console.OpenStandardInput();
        using StandardStream output = StandardStream.Output();
        using StreamWriter errors = new(StandardStream.Error()) { AutoFlush = true };
        using NameServerStarter nameServer = new();
        return new NetavarkProgram(nameServer, new PluginProcess(), input, output, errors).Run(arguments, variables);
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, static context => context.Cancel = true);
}
