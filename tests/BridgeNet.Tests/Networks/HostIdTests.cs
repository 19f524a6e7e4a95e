using BridgeNet.Networks;
using BridgeNet.Tests.State;

namespace BridgeNet.Tests.Networks;

public sealed class HostIdTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef\n", "0123456789abcdef0123456789abcdef")]
    [InlineData("uninitialized\n", "5a8ad2f8-boot")]
    [InlineData("", "5a8ad2f8-boot")]
    [InlineData(null, "5a8ad2f8-boot")]
    public void It_is_the_machines_or_else_this_boots(string? machineId, string id)
    {
        File.WriteAllText($"{_directory.Path}/boot_id", "5a8ad2f8-boot\n");
        if (machineId is not null)
        {
            File.WriteAllText($"{_directory.Path}/machine-id", machineId);
        }

        HostId.Read($"{_directory.Path}/machine-id", $"{_directory.Path}/boot_id").Should().Be(id);
    }

    [Fact]
    public void Every_host_has_one() => HostId.Read().Should().NotBeEmpty().And.Be(HostId.Read());
}
