namespace BridgeNet.Netlink.Tests;

public sealed class InterfaceNameTests
{
    [Theory]
    [InlineData("eth0")]
    [InlineData("br-0123456789ab")]
    [InlineData("...")]
    [InlineData("vä€")]
    public void A_name_that_the_kernel_takes_prints_as_it_was_given(string text)
    {
        InterfaceName.Parse(text).ToString().Should().Be(text);
        InterfaceName.TryParse(text, provider: null, out InterfaceName name).Should().BeTrue();
        name.Should().Be(InterfaceName.Parse(text));
        name.IsEmpty.Should().BeFalse();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("sixteen-bytes-xx", "has 16 bytes: the kernel takes at most 15")]
    [InlineData("ääääääää", "has 16 bytes*")]
    [InlineData(".", "is a directory's")]
    [InlineData("..", "is a directory's")]
    [InlineData("a/b", "holds*")]
    [InlineData("a:b", "holds*")]
    [InlineData("a b", "holds*")]
    [InlineData("a\0b", "holds*")]
    [InlineData("eth%d", "holds '%', in whose place the kernel puts a number")]
    public void A_name_that_the_kernel_would_refuse_is_refused_with_the_reason(string text, string reason)
    {
        Action parse = () => InterfaceName.Parse(text);

        parse.Should().Throw<FormatException>().WithMessage($"interface name '{text}' {reason}");
        InterfaceName.TryParse(text, provider: null, out InterfaceName name).Should().BeFalse();
        name.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void No_name_is_not_a_name() => InterfaceName.TryParse(null, provider: null, out _).Should().BeFalse();
}
