using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests;

/// <summary>Changes of links that are there.</summary>
public sealed class KernelLinkChangeTests
{
    private static readonly InterfaceName s_br0 = InterfaceName.Parse("br0");
    private static readonly InterfaceName s_va = InterfaceName.Parse("va");

    [Fact]
    public void A_setting_of_a_bridge_is_changed_and_the_others_stay() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        socket.Batch()
            .CreateLink(new Link { Name = s_br0, Kind = new BridgeKind { Priority = 100 } })
            .CreateLink(new Link { Name = s_va, Kind = new VethKind() })
            .Execute();
        LinkChange change = new() { Kind = new BridgeKind { MulticastSnooping = false } };

        socket.Batch().ChangeLink(LinkSelector.ByName(s_br0), change).Execute();
        Action other = () => socket.Batch().ChangeLink(LinkSelector.ByName(s_va), change).Execute();

        socket.GetLink(LinkSelector.ByName(s_br0)).Kind.Should().BeOfType<BridgeKind>().Which.Should().Match<BridgeKind>(
            bridge => bridge.MulticastSnooping == false && bridge.Priority == 100);
        other.Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.EOPNOTSUPP);
    });
}
