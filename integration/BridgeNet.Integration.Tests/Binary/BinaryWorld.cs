using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Binary;

/// <summary>A world in whose host the published binary is used, as a person would.</summary>
internal sealed class BinaryWorld : IDisposable
{
    private static readonly Lazy<string> s_path = new(Find);

    public World World { get; } = new();

    public Netns Host => World.Host;

    public static string Path => s_path.Value;

    /// <summary>Runs a verb: Run("attach", "--name", "web", path).</summary>
    public CommandResult Run(params string[] arguments) => Host.Run(Path, WithState(arguments));

    /// <summary>Runs a verb that must succeed, and returns what it printed.</summary>
    public string RunOk(params string[] arguments) => Run(arguments).OrThrow().Output;

    /// <summary>Starts a verb that goes on.</summary>
    public BackgroundProcess Start(params string[] arguments) => Host.Start(Path, WithState(arguments));

    /// <summary>Runs a verb under strace and returns the lines of its log.</summary>
    public (CommandResult Result, string[] Calls) Trace(string[] options, params string[] arguments)
    {
        using Scratch scratch = new();
        string log = scratch.At("strace.log");
        CommandResult result = Host.Run("strace", ["-f", "-yy", "-o", log, .. options, Path, .. WithState(arguments)]);
        return (result, File.ReadAllLines(log));
    }

    /// <summary>Links, rules and remembered endpoints of the host: what a verb that fails must leave alone.</summary>
    public string Snapshot() => string.Join(
        '\n',
        Host.RunOk("ip -o link | sed 's/@.*//' | cut -d: -f2"),
        Host.RunOk("ip -o -4 addr | cut -d' ' -f2-7"),
        Host.RunOk("nft -s list ruleset"),
        Host.RunOk($"cd {World.StateDirectory} && find endpoints names addresses networks -mindepth 1 2>/dev/null | sort || true"));

    public void Dispose() => World.Dispose();

    private string[] WithState(string[] arguments) => ["--state-dir", World.StateDirectory, .. arguments];

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string candidate = System.IO.Path.Combine(directory.FullName, "artifacts", "bin", "bridgenet");
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }
        throw new InvalidOperationException("artifacts/bin/bridgenet is not there: run ./dev aot");
    }
}
