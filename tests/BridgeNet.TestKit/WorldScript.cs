namespace BridgeNet.TestKit;

/// <summary>The shell script that builds a world: one `ip -batch` for the names and one inside each namespace.</summary>
internal static class WorldScript
{
    /// <summary>Every setting that a test's outcome hangs on, whatever the machine's defaults are. $1 says whether it forwards.</summary>
    private const string Settings =
        """
        cd /proc/sys/net
        for which in all default; do
          echo 0 > ipv4/conf/$which/rp_filter
          echo 0 > ipv4/conf/$which/route_localnet
          echo 0 > ipv6/conf/$which/accept_ra
        done
        for link in ipv6/conf/*; do
          echo 0 > $link/accept_dad # a router asks for neighbours only once it has a link-local address
        done
        echo $1 > ipv4/ip_forward
        echo $1 > ipv6/conf/all/forwarding
        exec ip -batch -
        """;

    public static string For(World world) =>
        $"""
        ip -batch - <<END
        {string.Join('\n', world.All.Select(member => $"netns add {member.Name}"))}
        END

        nsenter --net={world.Router.Path} sh -ec '{Settings}' sh 1 <<END
        link set lo up
        link add host type veth peer name eth0 netns {world.Host.Name}
        link add server type veth peer name eth0 netns {world.Server.Name}
        addr add {World.RouterAddress}/24 dev host
        addr add 198.51.100.1/24 dev server
        addr add 2001:db8:1::fe/64 dev host nodad
        addr add 2001:db8:2::fe/64 dev server nodad
        link set host up
        link set server up
        END

        nsenter --net={world.Host.Path} sh -ec '{Settings}' sh 0 <<END
        link set lo up
        addr add {World.HostAddress}/24 dev eth0
        addr add {World.HostAddress6}/64 dev eth0 nodad
        link set eth0 up
        route add default via {World.RouterAddress}
        route add default via 2001:db8:1::fe
        END

        nsenter --net={world.Server.Path} sh -ec '{Settings}' sh 0 <<END
        link set lo up
        addr add {World.ServerAddress}/24 dev eth0
        addr add {World.ServerAddress6}/64 dev eth0 nodad
        link set eth0 up
        route add 192.0.2.0/24 via 198.51.100.1
        route add 2001:db8:1::/64 via 2001:db8:2::fe
        END
        """;
}
