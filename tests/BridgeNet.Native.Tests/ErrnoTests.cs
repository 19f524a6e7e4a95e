namespace BridgeNet.Native;

public sealed class ErrnoTests
{
    [Theory]
    [InlineData(Errno.EPERM, "EPERM (Operation not permitted)")]
    [InlineData(Errno.EAGAIN, "EAGAIN (Resource temporarily unavailable)")]
    [InlineData((Errno)4095, "errno 4095 (Unknown error 4095)")]
    public void An_error_number_is_described_by_name_and_text(Errno errno, string expected)
    {
        errno.Describe().Should().Be(expected);
    }

    [Fact]
    public void Every_text_is_the_C_librarys()
    {
        foreach (Errno errno in Enum.GetValues<Errno>().Where(errno => errno != Errno.None))
        {
            errno.Describe().Should().NotContain("Unknown error");
        }
    }

    [Fact]
    public void A_refusal_keeps_the_number_the_operation_and_the_words()
    {
        KernelException error = new(Errno.EPERM, "setns /run/netns/web");

        (error.Errno, error.Operation).Should().Be((Errno.EPERM, "setns /run/netns/web"));
        error.Message.Should().Be("setns /run/netns/web: EPERM (Operation not permitted)");
        error.Should().BeAssignableTo<BridgeNetException>();
    }
}
