using BridgeNet.Netlink.Netfilter;
using BridgeNet.Runtimes.Cni;
using BridgeNet.Runtimes.Cni.Firewall;

using CsCheck;

namespace BridgeNet.Runtimes.Tests.Cni;

/// <summary>Notes by which rules, elements and links are known as somebody's.</summary>
public sealed class CniOwnerTests
{
    private static readonly string s_prefix = new('n', 60);
    private static readonly Gen<string> s_names = Gen.String[Gen.Char['a', 'b'], 1, 200];

    [Fact]
    public void A_note_tells_its_network_and_its_container_whatever_the_length_of_their_names() =>
        Gen.Select(s_names, s_names, s_names).Sample((network, container, other) =>
        {
            string tag = new CniOwner(network, container, "eth0").Tag;
            return tag.Length <= NftUserData.MaxCommentBytes
                && CniOwner.IsOfNetwork(tag, network) && CniOwner.IsOfContainer(tag, container)
                && CniOwner.IsOfNetwork(tag, other) == string.Equals(other, network, StringComparison.Ordinal)
                && CniOwner.IsOfContainer(tag, other) == string.Equals(other, container, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(120)]
    public void Garbage_of_a_network_is_found_and_is_not_that_of_one_whose_name_begins_alike(int length)
    {
        string network = s_prefix.PadRight(length, 'x');
        CniOwner gone = new(network, "c1", "eth0");
        CniOwner kept = new(network, "c2", "eth0");
        CniOwner other = new(s_prefix.PadRight(length, 'x') + "y", "c1", "eth0");

        CniOwner.IsGarbage(gone.Tag, network, [kept]).Should().BeTrue();
        CniOwner.IsGarbage(kept.Tag, network, [kept]).Should().BeFalse();
        CniOwner.IsGarbage(other.Tag, network, [kept]).Should().BeFalse();
    }

    [Fact]
    public void A_note_is_ASCII_even_if_the_interface_is_not_named_so()
    {
        string tag = new CniOwner("net1", "c1", "éth0").Tag;

        tag.Should().StartWith("net1 c1 #").And.MatchRegex("^[ -~]+$");
        CniOwner.IsGarbage(tag, "net1", []).Should().BeTrue();
    }

    [Fact]
    public void A_veth_is_known_as_one_of_its_network_whatever_the_length_of_the_names() =>
        Gen.Select(s_names, s_names, s_names).Sample((network, container, other) =>
        {
            string alias = HostInterfaceName.AliasOf(network, container, "eth0");
            return alias.Length <= 255 && HostInterfaceName.IsOfNetwork(alias, network)
                && HostInterfaceName.IsOfNetwork(alias, other) == string.Equals(other, network, StringComparison.Ordinal);
        });

    [Fact]
    public void Short_names_stand_in_notes_as_they_are()
    {
        new CniOwner("net1", "c1", "eth0").Tag.Should().Be("net1 c1 eth0");
        HostInterfaceName.AliasOf("net1", "c1", "eth0").Should().Be("cni eth0 c1 net1");
    }
}
