using BridgeNet.TestKit;

namespace BridgeNet.Cli.Tests.Support;

internal sealed class StateScratch : IDisposable
{
    private readonly Scratch _directory = new();

    public string Path => _directory.Path;

    public Outcome Run(params string[] words) => Outcome.Of([.. words, "--state-dir", Path]);

    public void Dispose() => _directory.Dispose();
}
