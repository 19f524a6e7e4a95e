using BridgeNet.Netlink.Netfilter;
using BridgeNet.TestKit.Abi;

namespace BridgeNet.Netlink.Tests;

public sealed class AbiTests
{
    private static readonly string[] s_headers =
    [
        "sys/socket.h", "linux/netlink.h", "linux/rtnetlink.h", "linux/fib_rules.h", "linux/if.h", "linux/if_link.h", "linux/if_addr.h",
        "linux/if_bridge.h",
        "linux/neighbour.h",
        "linux/net_namespace.h",
        "linux/netconf.h",
        "linux/sock_diag.h",
        "linux/inet_diag.h",
        "linux/veth.h",
        "linux/if_ether.h",
        "linux/ip.h",
        "linux/pkt_sched.h",
        "linux/pkt_cls.h",
        "linux/tc_act/tc_mirred.h",
        "linux/netfilter.h",
        "linux/netfilter_ipv4.h",
        "linux/netfilter/nfnetlink.h",
        "linux/netfilter/nf_tables.h", "linux/netfilter/nf_nat.h", "linux/netfilter/nfnetlink_conntrack.h",
        "linux/netfilter/nf_conntrack_common.h", "linux/netfilter/nf_log.h", "linux/netfilter/nf_tables_compat.h",
        "linux/netfilter/xt_conntrack.h",
        "linux/netfilter/xt_comment.h",
        "linux/netfilter/xt_multiport.h",
        "linux/netfilter/xt_addrtype.h",
        "linux/netfilter/xt_mark.h",
        "linux/netfilter/xt_sctp.h",
        "linux/netfilter_ipv4/ip_tables.h",
        "linux/netfilter_ipv6/ip6_tables.h",
    ];

    [Fact]
    public void The_wire_vocabulary_is_the_kernels()
    {
        // libnftnl's convention, not the kernel's
        AbiReport report = AbiProof.Prove(typeof(NetlinkSocket).Assembly, s_headers, except: typeof(NftSetUserData));

        string.Join('\n', report.Failures).Should().BeEmpty();
        report.Unnamed.Should().BeEquivalentTo(
            "IflaMacvlan.BroadcastCutoff", // Linux 6.4: the headers of Debian 12 do not know it
            "NftHookPoint.Egress",   // the kernel has no such number for inet: the codec makes NF_NETDEV_EGRESS of it
            "NftTableFlags.Persist"); // Linux 6.9: the headers of Debian 12 do not know it
        report.Claims.Should().BeGreaterThan(400);
    }
}
