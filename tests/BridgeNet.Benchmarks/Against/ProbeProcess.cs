using System.Diagnostics;
using System.Globalization;

using BridgeNet.TestKit;

namespace BridgeNet.Benchmarks.Against;

/// <summary>A running probe of one build, in a network namespace and with a /run of its own.</summary>
internal sealed class ProbeProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="build">What is measured.</param>
    /// <param name="mode">What the probe measures: attach or repair.</param>
    public ProbeProcess(Build build, string mode) => _process = Process.Start(new ProcessStartInfo(
        Programs.Require("unshare"),
        ["--net", "--mount", "sh", "-c", "mount -t tmpfs run /run && exec \"$@\"", "sh", Environment.ProcessPath!, "exec", build.Probe, mode])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Measures one round.</summary>
    public double[] Measure()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("The probe ended without an answer; its error is above.");
        return [.. line.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
    }

    /// <summary>Ends the probe and waits for it.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
