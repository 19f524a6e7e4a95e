using BridgeNet.TestKit.Abi;

namespace BridgeNet.Netlink;

public sealed class AbiTests
{
    private static readonly string[] s_headers =
    [
        "sys/socket.h", "linux/netlink.h", "linux/rtnetlink.h", "linux/if.h", "linux/if_link.h", "linux/if_addr.h", "linux/if_bridge.h",
        "linux/neighbour.h", "linux/veth.h", "linux/netfilter.h", "linux/netfilter_ipv4.h", "linux/netfilter/nfnetlink.h",
        "linux/netfilter/nf_tables.h", "linux/netfilter/nf_nat.h", "linux/netfilter/nfnetlink_conntrack.h",
        "linux/netfilter/nf_conntrack_common.h", "linux/netfilter/nf_log.h",
    ];

    [Fact]
    public void The_wire_vocabulary_is_the_kernels()
    {
        AbiReport report = AbiProof.Prove(typeof(NetlinkSocket).Assembly, s_headers);

        report.Failures.Should().BeEmpty();
        report.Unnamed.Should().BeEmpty();
        report.Claims.Should().BeGreaterThan(100);
    }
}
