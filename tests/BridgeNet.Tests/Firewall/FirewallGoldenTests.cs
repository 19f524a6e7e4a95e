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

    public static TheoryData<string> Modes => [.. s_networks.Keys];

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_tables_are_as_they_were_accepted(string mode)
    {
        using FirewallHost host = new();

        FirewallTable.Create(host.Netfilter, FirewallSamples.With(s_networks[mode]));

        Golden.Verify($"{mode}.nft", host.Listing());
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
