using BridgeNet.Cli.Running;

namespace BridgeNet.Cli.Tests.Running;

public sealed class ContainerSettingsTests
{
    private const string Proc = "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0";

    [Theory]
    [InlineData("proc /proc/sys proc ro,nosuid,nodev,noexec,relatime 0 0", true)]
    [InlineData("proc /proc/sys proc rw,nosuid,nodev,noexec,relatime 0 0", false)]
    [InlineData("proc /proc/bus proc ro,relatime 0 0", false)]
    [InlineData("", false)]
    public void A_mount_tells_whether_the_settings_can_only_be_read(string line, bool isReadOnly) =>
        ContainerSettings.IsReadOnly([Proc, line]).Should().Be(isReadOnly);

    [Fact]
    public void The_last_mount_counts() =>
        ContainerSettings.IsReadOnly(["proc /proc/sys proc ro 0 0", "proc /proc/sys proc rw 0 0"]).Should().BeFalse();
}
