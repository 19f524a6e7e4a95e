using BridgeNet.Ports;
using BridgeNet.TestKit;

namespace BridgeNet.Tests.Ports;

public sealed class EphemeralPortsTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("32768\t60999\n", "32768-60999")]
    [InlineData("1 65535", "1-65535")]
    [InlineData("", "49153-65535")]
    [InlineData("60999 32768", "49153-65535")]
    [InlineData("0 70000", "49153-65535")]
    public void The_range_is_the_kernels_or_else_Dockers(string file, string range) => Read(file, "\n").Range.ToString().Should().Be(range);

    [Fact]
    public void Ports_and_ranges_are_reserved()
    {
        EphemeralPorts ports = Read("1 65535", "0,8080,9148-9150\n");

        Enumerable.Range(1, 65535).Where(ports.IsReserved).Should().Equal(8080, 9148, 9149, 9150);
    }

    [Fact]
    public void Files_that_are_not_there_reserve_nothing()
    {
        EphemeralPorts ports = EphemeralPorts.Read(_scratch.At("none"), _scratch.At("neither"));

        (ports.Range, ports.IsReserved(50000)).Should().Be((EphemeralPorts.Fallback, false));
    }

    [Fact]
    public void Each_network_namespace_has_its_own()
    {
        using Netns host = Netns.Create("ports");
        host.WriteSysctl("net.ipv4.ip_local_port_range", "40000 40009");
        host.WriteSysctl("net.ipv4.ip_local_reserved_ports", "40003");

        EphemeralPorts ports = host.In(EphemeralPorts.Read);

        ports.Range.ToString().Should().Be("40000-40009");
        (ports.IsReserved(40003), ports.IsReserved(40004)).Should().Be((true, false));
    }

    private EphemeralPorts Read(string range, string reserved)
    {
        File.WriteAllText(_scratch.At("range"), range);
        File.WriteAllText(_scratch.At("reserved"), reserved);
        return EphemeralPorts.Read(_scratch.At("range"), _scratch.At("reserved"));
    }
}
