using BridgeNet.Native;

namespace BridgeNet.Cli.Tests;

public sealed class FailureTests
{
    [Fact]
    public void An_expected_error_is_printed_as_one_line() =>
        Report(new ConfigurationException("annotation", "two\nlines")).Should().Be((1, "bridgenet: annotation: two lines\n"));

    [Fact]
    public void An_error_of_the_library_names_options_and_verbs_where_it_named_properties_and_methods()
    {
        Report(new ConfigurationException(nameof(NetworkDefinition.Mtu), "67 is too small")).Line.Should().Be("bridgenet: --mtu: 67 is too small\n");
        Report(new NetworkConflictException("app", "name another device (NetworkDefinition.Device), or repair it (BridgeDriver.Rebuild)")).Line
            .Should().Be("bridgenet: network app: name another device (--bridge-name), or repair it (bridgenet repair --rebuild)\n");
    }

    [Fact]
    public void A_refusal_for_lack_of_privilege_says_what_is_needed() =>
        Report(new KernelException(Errno.EPERM, "unshare")).Line.Should().Contain("CAP_NET_ADMIN").And.Contain("CAP_SYS_ADMIN");

    [Fact]
    public void An_unexpected_error_is_printed_without_a_stack_trace() =>
        Report(new InvalidOperationException("oops")).Should().Be((1, "bridgenet: unexpected InvalidOperationException: oops\n"));

    private static (int Status, string Line) Report(Exception exception)
    {
        using StringWriter error = new();
        int status = Failure.Report(exception, error);
        return (status, error.ToString());
    }
}
