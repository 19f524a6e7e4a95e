using System.Net;
using BridgeNet.Proxies;

namespace BridgeNet.Tests.Proxies;

public sealed class ProxyRouteTests
{
    [Theory]
    [InlineData("fd00:1::5", true)]
    [InlineData("fd00:2::ffff", true)]
    [InlineData("fd00:3::5", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::5%2", true)] // it may be a member's
    public void Members_of_the_refused_subnets_are_turned_away(string client, bool isRefused)
    {
        using NetworkNamespace host = NetworkNamespace.Current();
        ProxyRoute route = new(host, IPEndPoint.Parse("172.17.0.2:80"), [IPNetwork.Parse("fd00:1::/64"), IPNetwork.Parse("fd00:2::/64")]);

        route.Refuses(IPAddress.Parse(client)).Should().Be(isRefused);
    }

    [Fact]
    public void Where_nothing_is_refused_link_local_clients_are_welcome()
    {
        using NetworkNamespace host = NetworkNamespace.Current();
        ProxyRoute route = new(host, IPEndPoint.Parse("172.17.0.2:80"), []);

        route.Refuses(IPAddress.Parse("fe80::5%2")).Should().BeFalse();
    }
}
