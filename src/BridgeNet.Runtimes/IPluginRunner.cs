namespace BridgeNet.Runtimes;

/// <summary>Runs somebody else's plugin: one of CNI, or one of netavark. The library itself starts no process.</summary>
internal interface IPluginRunner
{
    /// <summary>Runs a plugin to its end, with this process's environment and standard error.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Variables that its environment has in addition, or with another value.</param>
    /// <param name="input">Its stdin.</param>
    /// <param name="output">What it printed.</param>
    /// <returns>Its exit status; 128 and more if a signal killed it.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    int Run(
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        ReadOnlyMemory<byte> input,
        out byte[] output);
}
