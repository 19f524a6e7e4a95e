using System.Net;

using BridgeNet.Dns.Forwarding;

namespace BridgeNet.Dns.Tests.Forwarding;

public sealed class UpstreamSocketsTests
{
    private static readonly IPEndPoint s_server = new(IPAddress.Parse("127.0.0.2"), 53);

    [Fact]
    public void A_socket_that_brought_an_answer_is_used_again_but_not_for_ever()
    {
        using UpstreamSockets sockets = new(s_server, Forwarder.OpenHere);
        List<UpstreamSocket> taken = [];

        for (int i = 0; i < 12; i++)
        {
            taken.Add(sockets.Take());
            sockets.Give(taken[^1]);
        }

        taken.TakeWhile(socket => socket == taken[0]).Should().HaveCountLessThanOrEqualTo(8); // fewer if a second passes meanwhile
        taken.Distinct().Should().HaveCountGreaterThan(1).And.HaveCountLessThan(12);
    }

    [Fact]
    public void Questions_under_way_have_sockets_of_their_own()
    {
        using UpstreamSockets sockets = new(s_server, Forwarder.OpenHere);

        UpstreamSocket[] taken = [sockets.Take(), sockets.Take(), sockets.Take()];

        taken.Should().OnlyHaveUniqueItems();
        Array.ForEach(taken, socket => socket.Dispose());
    }
}
