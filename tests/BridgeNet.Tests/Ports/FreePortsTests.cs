using BridgeNet.Ports;

namespace BridgeNet.Tests.Ports;

public sealed class FreePortsTests
{
    private static readonly EphemeralPorts s_host = new(PortRange.From(32768, 60999));

    [Theory]
    [InlineData("1-65535")]
    [InlineData("1-65535/udp")]
    [InlineData("192.0.2.1::1-28233")]
    [InlineData("1-28232 30000")]
    public void More_free_ports_than_the_host_hands_out_are_refused(string specs) => Checking(specs)
        .Should().Throw<ConfigurationException>()
        .WithMessage("port: *free * ports are asked for, and the host hands out 28232 (net.ipv4.ip_local_port_range)*");

    [Theory]
    [InlineData("1-28232 1-28232/udp 127.0.0.1::1-28232")]
    [InlineData("1-65535:1-65535 1-65535:1-65535/udp")]
    [InlineData("80")]
    public void As_many_as_there_are_may_be_asked_for_and_any_whose_numbers_are_given(string specs) => Checking(specs).Should().NotThrow();

    [Fact]
    public void The_host_is_not_asked_for_its_range_for_a_few()
    {
        PortSpec[] specs = [.. Enumerable.Range(1, 1000).Select(number => PortSpec.Parse($"{number}"))];

        FluentActions.Invoking(() => FreePorts.Check(specs, () => throw new InvalidOperationException("it is asked"))).Should().NotThrow();
    }

    private static Action Checking(string specs) => () => FreePorts.Check([.. specs.Split(' ').Select(text => PortSpec.Parse(text))], () => s_host);
}
