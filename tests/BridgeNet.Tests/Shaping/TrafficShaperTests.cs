using BridgeNet.Shaping;
using BridgeNet.Native;
using BridgeNet.Netlink;

namespace BridgeNet.Tests.Shaping;

public sealed class TrafficShaperTests
{
    private static readonly InterfaceName s_veth = InterfaceName.Parse("veth1a2b3c");

    [Theory]
    [InlineData(Errno.ENOENT, "CONFIG_NET_SCH_TBF", "Specified qdisc kind is unknown")]
    [InlineData(Errno.EOPNOTSUPP, "CONFIG_IFB", "Unknown device type")]
    public void What_the_kernel_lacks_is_named_with_its_words(Errno errno, string options, string words)
    {
        NetlinkException refusal = new(errno, "add something", words);
        Action explained = () => TrafficShaper.Explain(s_veth, options, () => throw refusal);

        BandwidthUnavailableException error = explained.Should().Throw<BandwidthUnavailableException>()
            .WithMessage($"bandwidth of veth1a2b3c: this kernel lacks {options}: *: add something: {errno}*{words}").Which;
        error.InterfaceName.Should().Be("veth1a2b3c");
        error.InnerException.Should().BeSameAs(refusal);
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.ENODEV)]
    [InlineData(Errno.EEXIST)]
    [InlineData(Errno.EINVAL)]
    public void Any_other_refusal_is_left_as_it_is(Errno errno)
    {
        NetlinkException refusal = new(errno, "add something");
        Action explained = () => TrafficShaper.Explain(s_veth, "CONFIG_IFB", () => throw refusal);

        explained.Should().Throw<NetlinkException>().Which.Should().BeSameAs(refusal);
    }
}
