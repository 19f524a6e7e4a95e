using System.Net;

using BridgeNet.Firewall;
using BridgeNet.Netlink;
using BridgeNet.TestKit;

namespace BridgeNet.Tests.Firewall;

/// <summary>The whole of both tables, for a network of each gateway mode, as a person accepted it.</summary>
public sealed class FirewallGoldenTests
{
    private static readonly Dictionary<string, NetworkDefinition> s_networks = new(StringComparer.Ordinal)
    {
        ["nat"] = FirewallSamples.Docker0 with
        {
            TrustedInterfaces = [InterfaceName.Parse("wg0")],
            IPv4Source = IPAddress.Parse("192.0.2.7"),
            IPv6Source = IPAddress.Parse("2001:db8:1::7"),
        },
        ["names"] = FirewallSamples.Docker0 with
        {
            Dns = true,
            Subnets =
            [
                SubnetDefinition.Parse("172.17.0.0/16") with { Gateway = IPAddress.Parse("172.17.0.1") },
                SubnetDefinition.Parse("fd00:17::/64") with { Gateway = IPAddress.Parse("fd00:17::1") },
            ],
        },
        ["nat-unprotected"] = FirewallSamples.Docker0 with { IPv4Mode = GatewayMode.NatUnprotected, IPv6Mode = GatewayMode.NatUnprotected },
        ["routed"] = FirewallSamples.Docker0 with { IPv4Mode = GatewayMode.Routed, IPv6Mode = GatewayMode.Routed },
        ["isolated-internal"] = FirewallSamples.Docker0 with
        {
            IPv4Mode = GatewayMode.Isolated,
            IPv6Mode = GatewayMode.Isolated,
            Internal = true,
            InterContainer = false,
        },
    };

    public static TheoryData<string, string> SavingPrograms
    {
        get
        {
            string[] others = (Environment.GetEnvironmentVariable("BRIDGENET_NFT") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
            TheoryData<string, string> all = [];
            foreach (string nft in others.Prepend("nft"))
            {
                foreach (string mode in s_networks.Keys)
                {
                    all.Add(nft, mode);
                }
            }
            return all;
        }
    }

    public static TheoryData<string> Modes => [.. s_networks.Keys];

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_tables_are_as_they_were_accepted(string mode)
    {
        using FirewallHost host = new();

        FirewallTable.Create(host.Netfilter, FirewallSamples.With(s_networks[mode]));

        Golden.Verify($"{mode}.nft", host.Listing());
    }

    /// <summary>
    /// nft as this system has it, and others whose paths are in BRIDGENET_NFT with ':' between: each reads the ruleset that it saved, and nothing is
    /// to be repaired then.
    /// </summary>
    [Theory]
    [MemberData(nameof(SavingPrograms))]
    public void Nft_saves_the_tables_and_restores_them_as_they_were(string nft, string mode)
    {
        using FirewallHost host = new();
        using Scratch scratch = new();
        FirewallState state = FirewallSamples.With(s_networks[mode]);
        FirewallTable.Create(host.Netfilter, state);
        string before = host.Place.RunOk($"{nft} -s list ruleset");
        host.Place.RunOk($"{nft} list ruleset > {scratch.At("saved.nft")} && nft flush ruleset");

        host.Place.RunOk($"{nft} -f {scratch.At("saved.nft")}").Should().BeEmpty();

        FirewallAudit.Look(
            host.Netfilter, () => new FirewallMemory(state, FirewallState.Empty, FirewallState.Empty, []), mends: true).Should().BeEmpty();
        host.Place.RunOk($"{nft} -s list ruleset").Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Nft_reads_what_was_accepted_and_writes_it_again(string mode)
    {
        using FirewallHost host = new();
        string golden = Golden.PathOf($"{mode}.nft");

        host.Place.RunOk($"nft -c -f {golden}").Should().BeEmpty();
        host.Place.RunOk($"nft -f {golden}").Should().BeEmpty();

        host.Listing().Should().Be(File.ReadAllText(golden));
    }
}
