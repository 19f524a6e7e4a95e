using BridgeNet.Netlink.Netfilter;
using BridgeNet.TestKit;

namespace BridgeNet.Tests.Firewall;

/// <summary>A namespace whose packet rules a test has for itself.</summary>
internal sealed class FirewallHost : IDisposable
{
    private const string List = "nft -s list table inet bridgenet && nft -s list table bridge bridgenet";

    public FirewallHost()
    {
        using NetworkNamespace host = NetworkNamespace.Open(Place.Path);
        Netfilter = host.Run(NetfilterSocket.Open);
    }

    public Netns Place { get; } = Netns.Create("firewall");

    public NetfilterSocket Netfilter { get; }

    /// <summary>Both tables as nft writes them, without what they counted.</summary>
    public string Listing() => Place.RunOk(List);

    /// <summary>All rules of the namespace, whosever.</summary>
    public string Ruleset() => Place.RunOk("nft -s list ruleset");

    public void Dispose()
    {
        Netfilter.Dispose();
        Place.Dispose();
    }
}
