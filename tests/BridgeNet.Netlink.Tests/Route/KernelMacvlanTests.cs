using BridgeNet.Native;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Netlink.Tests.Route;

public sealed class KernelMacvlanTests
{
    private static readonly InterfaceName s_parent = InterfaceName.Parse("va"), s_macvlan = InterfaceName.Parse("mv");

    [Fact]
    public void A_macvlan_has_its_parent_and_mode() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();

        Link made = socket.Batch()
            .CreateLink(Parent())
            .CreateLink(Macvlan(s_macvlan) with { IsUp = true })
            .GetLink(LinkSelector.ByName(s_macvlan));

        MacvlanKind kind = made.Kind.Should().BeOfType<MacvlanKind>().Which;
        (kind.Mode, kind.BroadcastQueueLength).Should().Be((MacvlanMode.Private, 70u));
        made.PeerIndex.Should().Be(20);
        NetworkSandbox.Ip("-d", "link", "show", "mv").Single().GetProperty("linkinfo").GetProperty("info_data").GetProperty("mode").GetString()
            .Should().Be("private");
    });

    [Fact]
    public void A_macvlan_is_born_in_another_namespace_under_a_name_that_is_taken_in_this_one() => NetworkSandbox.Run(() =>
    {
        using RouteSocket socket = RouteSocket.Open();
        (FileDescriptor inside, RouteSocket container) = NetworkSandbox.Another();
        using (inside)
        using (container)
        {
            socket.Batch().CreateLink(Parent()).CreateLink(Macvlan(s_parent) with { NetworkNamespace = inside }).Execute();

            Link made = container.GetLink(LinkSelector.ByName(s_parent));
            made.Kind.Should().BeOfType<MacvlanKind>();
            made.PeerIndex.Should().Be(20);
            made.PeerNamespaceId.Should().NotBeNull();
            socket.ListLinks().Select(link => $"{link.Name}").Should().BeEquivalentTo("lo", "va", "veth0");
        }
    });

    private static Link Parent() => new() { Name = s_parent, Index = 20, Kind = new VethKind(), TxQueues = 1, RxQueues = 1 };

    private static Link Macvlan(InterfaceName name) => new()
    {
        Name = name,
        PeerIndex = 20,
        Kind = new MacvlanKind { Mode = MacvlanMode.Private, BroadcastQueueLength = 70 },
    };
}
