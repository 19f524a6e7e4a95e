using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Samples;

/// <summary>The sample in a host, with everything that it keeps in a directory of its own.</summary>
internal sealed class TinyRuntimeHost(Netns host, string runtime) : IDisposable
{
    private readonly Scratch _scratch = new();

    /// <summary>Runs it. crun refuses a machine with both versions of control groups, so it sees none.</summary>
    public CommandResult Run(string words) => host.Run("unshare", ["--mount", "sh", "-c", Line(words)]);

    /// <summary>Runs it, and it must succeed.</summary>
    public string RunOk(string words) => Run(words).OrThrow().Output;

    /// <summary>Starts it.</summary>
    public BackgroundProcess Start(string words) => host.Start("sh", "-c", $"exec {Command} {words}");

    public void Dispose()
    {
        foreach (string line in Run("ps").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = line.Split('\t')[0];
            Run($"stop {name}");
            ControlGroups.Remove($"tinyruntime-{name}");
        }
        _scratch.Dispose();
    }

    private string Command =>
        $"{Environment.ProcessPath} exec {Assembly()} --root {_scratch.Path} --runtime "
            + $"{runtime}{(runtime is "crun" ? " --runtime-flag=--cgroup-manager=disabled" : string.Empty)}";

    private string Line(string words) => $"{(runtime is "crun" ? "mount -t tmpfs none /sys/fs/cgroup; " : string.Empty)}exec {Command} {words}";

    private static string Assembly()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = Path.Combine(directory.FullName, "artifacts", "bin", "TinyRuntime", "debug", "tinyruntime.dll");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }
        throw new InvalidOperationException("the sample TinyRuntime is not built: run ./dev build");
    }
}
