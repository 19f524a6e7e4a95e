using BridgeNet.Cli.Running;
using BridgeNet.Native;

namespace BridgeNet.Cli;

/// <summary>The binary <c>bridgenet</c>.</summary>
internal static class Program
{
    /// <summary>
    /// Three words need no parser: <c>version</c>, which scripts call often, and those by which <c>run</c> starts its program and the name servers
    /// their processes. A call by a CNI runtime makes this process a CNI plugin, the name <c>netavark</c> what Podman calls by it, and the name
    /// <c>aardvark-dns</c> a name server. The words of the name servers' processes come first, for the file may have one of these names itself.
    /// </summary>
    public static int Main(string[] arguments)
    {
        StandardStream.OccupyClosed();
        return Run(arguments);
    }

    private static int Run(string[] arguments) => arguments switch
    {
        [NameServerChild.Verb, .. string[] rest] => NameServerChild.Run(rest, Writer(StandardStream.Output()), Writer(StandardStream.Error())),
        [DriverNamesChild.Verb, .. string[] rest] => DriverNamesChild.Run(rest, Writer(StandardStream.Output()), Writer(StandardStream.Error())),
        _ when NetavarkCallProcess.IsIt => NetavarkCallProcess.Run(arguments),
        [] when CniCallProcess.IsIt(arguments) => CniCallProcess.Run(),
        _ when AardvarkCall.IsIt() => AardvarkCall.Run(arguments, Writer(StandardStream.Output()), Writer(StandardStream.Error())),
        ["version" or "--version"] => Product.PrintVersion(Writer(StandardStream.Output())),
        [Trampoline.Verb, .. string[] rest] => Trampoline.Execute(rest, Writer(StandardStream.Error())),
        _ => CommandLine.Invoke(arguments, Writer(StandardStream.Output()), Writer(StandardStream.Error())),
    };

    private static StreamWriter Writer(StandardStream stream) => new(stream, bufferSize: 256) { AutoFlush = true };
}
