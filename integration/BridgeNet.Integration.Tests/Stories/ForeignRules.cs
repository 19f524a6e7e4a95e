namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Rules as other firewalls write them, cut down to what decides; each stops packets of docker0.</summary>
/// <param name="Name">Whose they are.</param>
/// <param name="Script">What puts them into the host.</param>
/// <param name="StopsInto">Whether packets to a published port are stopped, too; those out of the network always are.</param>
/// <param name="Table">The table that is to be named.</param>
/// <param name="Chain">The chain that is to be named.</param>
/// <param name="Why">What is to be said.</param>
/// <param name="Remedy">What is to be advised.</param>
internal sealed record ForeignRules(string Name, string Script, bool StopsInto, string Table, string Chain, string Why, string Remedy)
{
    private const string Both = "packets into docker0, packets out of docker0";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ForeignRules> All { get; } =
    [
        new(
            "an administrator's",
            """
            nft -f - <<END
            table inet admin {
                chain forward {
                    type filter hook forward priority 10; policy drop;
                    ct state established,related accept
                    ip saddr 10.0.0.0/8 accept
                    iifname "wg0" accept
                }
            }
            END
            """,
            StopsInto: true,
            "inet admin",
            "forward",
            $"policy drop: {Both}",
            "nft 'insert rule inet admin forward iifname \"docker0\" accept' && nft 'insert rule inet admin forward oifname \"docker0\" accept'"),
        new(
            "iptables-nft's",
            """
            iptables-nft -A FORWARD -i wg+ -j ACCEPT
            iptables-nft -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -m comment --comment 'answers' -j ACCEPT
            iptables-nft -A FORWARD -p tcp --dport 22 -j ACCEPT
            iptables-nft -A FORWARD -j REJECT
            """,
            StopsInto: true,
            "ip filter",
            "FORWARD",
            $"a rule of FORWARD rejects: {Both}",
            "nft 'insert rule ip filter FORWARD iifname \"docker0\" accept' && nft 'insert rule ip filter FORWARD oifname \"docker0\" accept'"),
        new(
            "Docker's",
            """
            iptables-nft -P FORWARD DROP
            for chain in DOCKER-USER DOCKER-FORWARD DOCKER-CT DOCKER-BRIDGE DOCKER; do iptables-nft -N $chain; done
            iptables-nft -A FORWARD -j DOCKER-USER
            iptables-nft -A FORWARD -j DOCKER-FORWARD
            iptables-nft -A DOCKER-FORWARD -j DOCKER-CT
            iptables-nft -A DOCKER-FORWARD -j DOCKER-BRIDGE
            iptables-nft -A DOCKER-FORWARD -i br-docker -j ACCEPT
            iptables-nft -A DOCKER-CT -o br-docker -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            iptables-nft -A DOCKER-BRIDGE -o br-docker -j DOCKER
            iptables-nft -A DOCKER ! -i br-docker -o br-docker -j DROP
            """,
            StopsInto: true,
            "ip filter",
            "FORWARD",
            $"policy drop: {Both}",
            "iptables -I DOCKER-USER -o docker0 -j ACCEPT && iptables -I DOCKER-USER -i docker0 -o eth0 -j ACCEPT"),
        new(
            "ufw's",
            """
            iptables-nft -P FORWARD DROP
            for chain in before-logging-forward before-forward user-forward after-forward reject-forward; do iptables-nft -N ufw-$chain; done
            iptables-nft -A FORWARD -j ufw-before-logging-forward
            iptables-nft -A FORWARD -j ufw-before-forward
            iptables-nft -A FORWARD -j ufw-after-forward
            iptables-nft -A FORWARD -j ufw-reject-forward
            iptables-nft -A ufw-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            iptables-nft -A ufw-before-forward -p icmp --icmp-type echo-request -j ACCEPT
            iptables-nft -A ufw-before-forward -j ufw-user-forward
            """,
            StopsInto: true,
            "ip filter",
            "FORWARD",
            $"policy drop: {Both}",
            "ufw route allow out on docker0 && ufw route allow in on docker0 out on eth0"),
        new(
            "firewalld's",
            """
            nft -f - <<END
            table inet firewalld {
                chain filter_FORWARD {
                    type filter hook forward priority filter + 10; policy accept;
                    ct state { established, related } accept
                    ct status dnat accept
                    iifname "lo" accept
                    ct state { invalid } drop
                    jump filter_FORWARD_ZONES
                    reject with icmpx admin-prohibited
                }
                chain filter_FORWARD_ZONES {
                    iifname "eth0" goto filter_FWD_public
                    goto filter_FWD_public
                }
                chain filter_FWD_public {
                    jump filter_FWD_public_allow
                    reject with icmpx admin-prohibited
                }
                chain filter_FWD_public_allow {
                    oifname "eth0" tcp dport 22 accept
                }
                chain filter_FWD_trusted {
                    accept
                }
            }
            END
            """,
            StopsInto: false,
            "inet firewalld",
            "filter_FORWARD",
            "a rule of filter_FWD_public rejects: packets out of docker0",
            "firewall-cmd --permanent --zone=trusted --add-interface=docker0 && firewall-cmd --reload"),
        new(
            "iptables-legacy's",
            """
            iptables-legacy -P FORWARD DROP
            iptables-legacy -N answers
            iptables-legacy -A FORWARD -s 10.0.0.0/8 -j ACCEPT
            iptables-legacy -A FORWARD -j answers
            iptables-legacy -A answers -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            """,
            StopsInto: true,
            "iptables-legacy filter",
            "FORWARD",
            $"policy drop: {Both}",
            "iptables-legacy -I FORWARD -o docker0 -j ACCEPT && iptables-legacy -I FORWARD -i docker0 -j ACCEPT"),
    ];

    /// <summary>What the owner's command comes to where its program needs a daemon or files of the machine's.</summary>
    public string Typed => Name switch
    {
        "ufw's" => "iptables-nft -A ufw-user-forward -o docker0 -j ACCEPT && iptables-nft -A ufw-user-forward -i docker0 -o eth0 -j ACCEPT",
        "firewalld's" => "nft insert rule inet firewalld filter_FORWARD_ZONES iifname docker0 goto filter_FWD_trusted",
        _ => Remedy,
    };

    public override string ToString() => Name;
}
