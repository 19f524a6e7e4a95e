using BridgeNet.TestKit.Abi;

namespace BridgeNet.Native;

public sealed class AbiTests
{
    private static readonly string[] s_headers =
    [
        "netinet/in.h", "errno.h", "signal.h", "sys/socket.h", "sys/file.h", "sys/prctl.h", "linux/netlink.h", "linux/nsfs.h", "linux/sockios.h",
        "linux/if_packet.h", "linux/filter.h", "linux/netfilter_ipv4/ip_tables.h", "linux/ipv6.h",
    ];

    [Fact]
    public void Every_constant_declared_here_is_the_kernels()
    {
        AbiReport report = AbiProof.Prove(typeof(FileDescriptor).Assembly, s_headers, except: typeof(OpenFlags));

        report.Failures.Should().BeEmpty();
        report.Unnamed.Should().BeEmpty();
        report.Claims.Should().BeGreaterThan(140, "the errors alone are that many");
    }
}
