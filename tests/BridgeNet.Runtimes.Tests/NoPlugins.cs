namespace BridgeNet.Runtimes.Tests;

/// <summary>For code that is to start no plugin.</summary>
internal sealed class NoPlugins : IPluginRunner
{
    public int Run(
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        ReadOnlyMemory<byte> input,
        out byte[] output) =>
        throw new IOException($"{path} is not to be started");
}
