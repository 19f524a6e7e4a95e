using BridgeNet.Netlink.Netfilter;
using BridgeNet.TestKit;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>A network namespace of a test's own with a netfilter socket in it; nft is its witness.</summary>
internal sealed class NftHost : IDisposable
{
    private readonly Netns _namespace = Netns.Create("nft");

    public NftHost() => Socket = _namespace.In(NetfilterSocket.Open);

    public NetfilterSocket Socket { get; }

    /// <summary>What a golden file says.</summary>
    public static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Netfilter", "Goldens", name));

    /// <summary>Opens another socket in the namespace.</summary>
    public NetfilterSocket Open() => _namespace.In(NetfilterSocket.Open);

    /// <summary>Has nft load a text.</summary>
    public void Load(string text) => Programs.Run("nsenter", [$"--net={_namespace.Path}", "nft", "-f", "-"], text).OrThrow();

    /// <summary>What a command line prints in the namespace.</summary>
    public string Run(string commandLine) => _namespace.RunOk(commandLine);

    /// <summary>What nft lists: <c>table inet bridgenet</c>.</summary>
    public string List(string what) => _namespace.RunOk($"nft list {what}");

    public void Dispose()
    {
        Socket.Dispose();
        _namespace.Dispose();
    }
}
