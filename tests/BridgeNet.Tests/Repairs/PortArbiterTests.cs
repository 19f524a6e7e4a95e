using BridgeNet.Repairs;
using BridgeNet.State;
using BridgeNet.Tests.Firewall;

namespace BridgeNet.Tests.Repairs;

public sealed class PortArbiterTests
{
    private static readonly EndpointState s_first = FirewallSamples.Endpoints[0], s_second = FirewallSamples.Endpoints[1];

    [Fact]
    public void Of_two_made_endpoints_with_one_port_both_are_asked() =>
        Disputed(("8080:80", RecordPhase.Done), ("8000-8100:8000-8100", RecordPhase.Done)).Should().BeEquivalentTo([s_first.Id, s_second.Id]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_made_endpoint_is_asked_about_a_port_of_one_that_comes_or_goes(bool comes) =>
        Disputed(("8080:80", RecordPhase.Done), ("8080:80", comes ? RecordPhase.Intent : RecordPhase.Removing)).Should().Equal(s_first.Id);

    [Fact]
    public void Endpoints_that_come_and_go_are_not_asked() =>
        Disputed(("8080:80", RecordPhase.Removing), ("8080:80", RecordPhase.Intent)).Should().BeEmpty();

    [Fact]
    public void Ports_beside_each_other_are_in_nobody_s_way() =>
        Disputed(("8080:80", RecordPhase.Done), ("8081:80", RecordPhase.Intent)).Should().BeEmpty();

    private static IReadOnlyCollection<string> Disputed((string Port, RecordPhase Phase) first, (string Port, RecordPhase Phase) second) =>
        PortArbiter.DisputedIn(new RecordedState(
            [],
            [
                (s_first with { Ports = [FirewallSamples.Port(first.Port)] }, first.Phase),
                (s_second with { Ports = [FirewallSamples.Port(second.Port)] }, second.Phase),
            ],
            []));
}
