using BridgeNet.Runtimes.Netavark;

namespace BridgeNet.Runtimes.Tests.Netavark;

public sealed class NetavarkLogTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("netavark=error", "")]
    [InlineData("other=info", "")]
    [InlineData("netavark=warn", "warn")]
    [InlineData("netavark=info", "info warn")]
    [InlineData("debug", "info warn")]
    [InlineData("debug,netavark=warn", "warn")]
    public void The_filter_says_which_lines_are_printed(string? filter, string expected)
    {
        using StringWriter output = new() { NewLine = "\n" };
        NetavarkLog log = new(output, filter);

        log.Info("firewall", "info");
        log.Warn("network::bridge", "warn");

        output.ToString().Should().Be(string.Concat(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(
            word => word is "info" ? "[INFO  netavark::firewall] info\n" : "[WARN  netavark::network::bridge] warn\n")));
    }
}
