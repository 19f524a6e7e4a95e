using System.Diagnostics;

using BridgeNet.Runtimes;

namespace BridgeNet.Cli.Running;

/// <summary>Other people's plugins, as processes.</summary>
internal sealed class PluginProcess : IPluginRunner
{
    /// <inheritdoc/>
    public int Run(
        string path,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        ReadOnlyMemory<byte> input,
        out byte[] output)
    {
        ProcessStartInfo start = new(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }
        try
        {
            using Process process = Process.Start(start) ?? throw new IOException($"{path} was not started");
            Feed(process, input);
            using MemoryStream all = new();
            process.StandardOutput.BaseStream.CopyTo(all);
            process.WaitForExit();
            output = all.ToArray();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{path} cannot be started: {error.Message}", error);
        }
    }

    /// <summary>Writes the plugin's stdin; a plugin may end without reading it.</summary>
    private static void Feed(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input.Span);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it ended, and its exit status says how
        }
    }
}
