using System.Net;

using BridgeNet.Dns.Forwarding;
using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Tests.Forwarding;

public sealed class SourceLimitTests
{
    private static readonly HostAddress s_one = HostAddress.Of(IPAddress.Parse("10.89.1.2"));
    private static readonly HostAddress s_other = HostAddress.Of(IPAddress.Parse("10.89.1.3"));

    [Fact]
    public void One_source_cannot_take_the_place_of_another()
    {
        SourceLimit limit = new(2, 3);

        limit.TryEnter(s_one).Should().BeTrue();
        limit.TryEnter(s_one).Should().BeTrue();
        limit.TryEnter(s_one).Should().BeFalse();
        limit.TryEnter(s_other).Should().BeTrue();
        limit.TryEnter(s_other).Should().BeFalse("three are under way in all");
    }

    [Fact]
    public void What_ends_makes_room()
    {
        SourceLimit limit = new(1, 1);
        limit.TryEnter(s_one).Should().BeTrue();

        limit.Leave(s_one);

        limit.TryEnter(s_other).Should().BeTrue();
    }
}
