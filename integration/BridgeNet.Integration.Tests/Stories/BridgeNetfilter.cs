using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Whether the host passes bridged packets through the rules for routed ones: on where Kubernetes lives, off elsewhere.</summary>
internal static class BridgeNetfilter
{
    private static readonly string[] s_settings = ["net.bridge.bridge-nf-call-iptables", "net.bridge.bridge-nf-call-ip6tables"];

    public static void Set(Netns host, int value)
    {
        bool known = host.In(() => File.Exists("/proc/sys/net/bridge/bridge-nf-call-iptables"));
        if (known)
        {
            foreach (string setting in s_settings)
            {
                host.WriteSysctl(setting, $"{value}");
            }
            return;
        }
        Assert.SkipWhen(value != 0, "the kernel has no br_netfilter: load it, and its setting can be tried both ways");
    }
}
