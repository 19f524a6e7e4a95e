using System.Text.RegularExpressions;

using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Netavark;

/// <summary>
/// What users do with Podman 5.8, once with Debian's netavark and once with ours in its place: both show the same, and ours leaves nothing.
/// </summary>
public sealed partial class PodmanTests
{
    private const int Attempts = 3;

    /// <summary>A server of the image's page, which is "hello".</summary>
    private const string Serve = "web /bin/busybox httpd -f -h /www";

    /// <summary>A container that does nothing.</summary>
    private const string Wait = "web /bin/busybox sleep 1000";

    /// <summary>Inside, the addresses in the order of the interfaces' names: netavark takes networks in an order by chance.</summary>
    private const string Addresses = "/bin/busybox ip -o -4 addr | cut -d' ' -f2- | sort";

    /// <summary>What somebody does, and asks of it; and the addresses whose pages the router then asks for.</summary>
    public static TheoryData<string, string, string> Uses => new()
    {
        {
            "ports of every kind",
            $"podman network create --ipv6 --subnet 10.7.0.0/24 --subnet fd00:7::/64 n1; podman run -d --name web --network n1 -p 8080:80 "
                + $"-p 9000-9002:80-82 -p 127.0.0.1:81:80 -p '[::1]:82:80' -p 7000:7000/udp {Serve}; podman port web | sort; "
                + "wget -q -O - http://127.0.0.1:81/; wget -q -O - http://127.0.0.1:8080/",
            "http://192.0.2.1:8080/ http://192.0.2.1:9000/ http://[2001:db8:1::1]:8080/ http://192.0.2.1:81/"
        },
        {
            "two networks",
            $"podman network create --subnet 10.7.0.0/24 n1; podman network create --subnet 10.8.0.0/24 n2; podman run -d --name web "
                + $"--network n1:ip=10.7.0.9 --network n2:ip=10.8.0.9,interface_name=lan -p 8080:80 {Serve}; podman exec web {Addresses}; "
                + "podman exec web /bin/busybox ip route | sort",
            "http://192.0.2.1:8080/"
        },
        {
            "a pod",
            $"podman network create --subnet 10.7.0.0/24 n1; podman pod create --name pod --network n1 -p 8080:80 --infra-image web "
                + $"--infra-command '/bin/busybox sleep 1000' --infra-name infra; podman run -d --name web --pod pod {Serve}; "
                + $"podman run --rm --pod pod web /bin/busybox wget -q -O - http://127.0.0.1/",
            "http://192.0.2.1:8080/"
        },
        {
            "connect and disconnect",
            $"podman network create --subnet 10.7.0.0/24 n1; podman network create --subnet 10.8.0.0/24 n2; "
                + $"podman run -d --name web --network n1 -p 8080:80 {Serve}; podman network connect --ip 10.8.0.7 n2 web; "
                + $"podman exec web {Addresses}; podman network disconnect n1 web; podman exec web {Addresses}; "
                + $"podman network connect --ip 10.7.0.8 --alias other n1 web; podman exec web {Addresses}",
            "http://192.0.2.1:8080/"
        },
        {
            "a reload after the ruleset was flushed",
            $"podman network create --subnet 10.7.0.0/24 n1; podman run -d --name web --network n1 --ip 10.7.0.9 --mac-address 02:00:00:00:00:09 "
                + $"-p 8080:80 {Serve}; nft flush ruleset; podman network reload -a > /dev/null; podman exec web /bin/busybox ip -o link show eth0 "
                + $"| grep -o 02:00:00:00:00:09; podman exec web {Addresses}",
            "http://192.0.2.1:8080/"
        },
        {
            "a restart",
            $"podman network create --subnet 10.7.0.0/24 n1; podman run -d --name web --network n1 --ip 10.7.0.9 -p 8080:80 {Serve}; "
                + $"podman restart -t 0 web; podman stop -t 0 web; podman start web; podman exec web {Addresses}",
            "http://192.0.2.1:8080/"
        },
        {
            "isolation",
            $"podman network create --subnet 10.7.0.0/24 -o isolate=true n1; podman network create --subnet 10.8.0.0/24 -o isolate=strict n2; "
                + $"podman network create --subnet 10.9.0.0/24 n3; podman run -d --name a --network n1 {Serve}; "
                + $"podman run -d --name b --network n2 {Serve}; podman run -d --name c --network n3 {Serve}; "
                + $"podman run -d --name d --network n1 {Serve}; for from in a b c; do for to in 10.7.0.2 10.7.0.3 10.8.0.2 10.9.0.2; do "
                + "podman exec $from /bin/busybox nc -w 1 $to 80 < /dev/null > /dev/null 2>&1 && echo $from reaches $to "
                + "|| echo $from does not reach $to; done; done",
            ""
        },
        {
            "an internal network",
            $"podman network create --internal --subnet 10.7.0.0/24 n1; podman run -d --cap-add NET_RAW --name web --network n1 -p 8080:80 {Serve}; "
                + $"podman run --rm --network n1 web /bin/busybox wget -q -O - http://web/; podman exec web /bin/busybox ip route; "
                + "podman exec web /bin/busybox ping -c 1 -W 1 198.51.100.2 2>&1",
            "http://192.0.2.1:8080/"
        },
        {
            "names and aliases",
            $"podman network create --subnet 10.7.0.0/24 n1; podman run -d --name web --network n1:alias=www,ip=10.7.0.9 --hostname box {Serve}; "
                + "for name in web www box web.dns.podman WEB; do podman run --rm --network n1 web /bin/busybox wget -q -O - http://$name/; done; "
                + "podman run --rm --network n1 web /bin/busybox cat /etc/resolv.conf",
            ""
        },
        {
            "servers of a network",
            $"podman network create --subnet 10.7.0.0/24 n1; podman run -d --name web --network n1 {Serve}; "
                + "podman network update n1 --dns-add 192.0.2.254; podman network inspect n1 --format '{{.NetworkDNSServers}}'; "
                + "podman run --rm --network n1 web /bin/busybox wget -q -O - http://web/; podman network update n1 --dns-drop 192.0.2.254",
            ""
        },
        {
            "addresses by nobody",
            $"podman network create --ipam-driver none n1; podman run -d --name web --network n1 {Wait}; podman exec web {Addresses}",
            ""
        },
        {
            "a macvlan",
            $"podman network create -d macvlan -o parent=eth0 --subnet 192.0.2.0/24 --gateway 192.0.2.254 lan; "
                + $"podman run -d --name web --network lan --ip 192.0.2.77 {Serve}; podman exec web {Addresses}",
            "http://192.0.2.77/"
        },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void It_shows_what_it_shows_with_its_own_netavark_and_leaves_nothing(string what, string commands, string pages)
    {
        using NetavarkHost ours = new(importsImage: true);
        string links = ours.Links;

        string expected = UseTheirs(commands, pages), shown = Use(ours, commands, pages);

        shown.Should().Be(expected, what);
        ours.Podman.ShellOk("podman pod rm -f -t 0 -a; podman rm -f -t 0 -a");
        ours.Links.Should().Be(links);
        ours.Rules.Should().NotContain("nv_").And.NotContain("10.7.0").And.NotContain("10.8.0");
        ours.Podman.ShellOk("ls /run/containers/networks/aardvark-dns /run/containers/networks/firewall/ports 2> /dev/null; true")
            .Should().NotContain("n1");
    }

    /// <summary>
    /// What Debian's own netavark shows. On a busy machine that one fails now and then by itself, and its failure is nothing to compare with.
    /// </summary>
    private static string UseTheirs(string commands, string pages)
    {
        string shown = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            using NetavarkHost theirs = new(importsImage: true, isOurs: false);
            shown = Use(theirs, commands, pages);
            if (!shown.Contains("Error: netavark", StringComparison.Ordinal))
            {
                return shown;
            }
        }
        throw new InvalidOperationException($"Debian's own netavark fails, {Attempts} times of {Attempts}:\n{shown}");
    }

    private static string Use(NetavarkHost host, string commands, string pages)
    {
        CommandResult done = host.Podman.Shell($"({commands}) 2>&1");
        IEnumerable<string> answers = pages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(
            page => $"{page}: {host.World.Router.Run($"curl -s -m 5 {page}").Output}");
        return Drawn().Replace($"{done.Output}\n{done.ExitCode}\n{string.Join('\n', answers)}", "#");
    }

    /// <summary>Ids of containers, MAC addresses and indices.</summary>
    [GeneratedRegex(
        "[0-9a-f]{64}|[0-9a-f]{12}|(?<!02:00:00:)([0-9a-f]{2}:){5}[0-9a-f]{2}|^[0-9]+: |@if[0-9]+",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Drawn();
}
