namespace BridgeNet.Runtimes.Cni;

/// <summary>Runs another CNI plugin, as the specification, section 4, wants it; the library itself starts no process.</summary>
internal interface IPluginRunner
{
    /// <summary>Runs a plugin to its end, with this process's environment but for the command.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="command">CNI_COMMAND.</param>
    /// <param name="input">Its stdin.</param>
    /// <param name="output">What it printed.</param>
    /// <returns>Its exit status.</returns>
    /// <exception cref="IOException">It cannot be started.</exception>
    int Run(string path, string command, ReadOnlyMemory<byte> input, out byte[] output);
}
