using BridgeNet.Netlink.Netfilter;
using BridgeNet.Tests.Firewall;

namespace BridgeNet.Tests.Tables;

public sealed class ElementChangesTests : IDisposable
{
    private const int Many = 300;

    private static readonly NftTableId s_table = new(NftFamily.Inet, "sample");
    private static readonly NftSet[] s_sets = [s_table.Set("even", NftType.Service), s_table.Set("odd", NftType.Service)];

    private static readonly TableElement[] s_elements =
        [
            .. from port in Enumerable.Range(1, Many)
               select new TableElement(s_table, s_sets[port % 2].Name, new NftElement { Key = NftValue.Port((ushort)port) }),
        ];

    private readonly FirewallHost _host = new();

    public ElementChangesTests() =>
        _host.Netfilter.Transaction().CreateTable(new NftTable { Id = s_table }).AddSet(s_sets[0]).AddSet(s_sets[1]).Commit();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Elements_of_one_set_go_together_however_they_are_mixed()
    {
        NftTransaction transaction = _host.Netfilter.Transaction().AddElements(s_elements);

        transaction.Count.Should().Be(4, "each set has 150 elements, and a message takes 128");
        transaction.Commit();
        Ports("even").Should().BeEquivalentTo(Enumerable.Range(1, Many).Where(port => port % 2 == 0));
        Ports("odd").Should().BeEquivalentTo(Enumerable.Range(1, Many).Where(port => port % 2 == 1));
    }

    [Fact]
    public void What_was_added_is_deleted()
    {
        _host.Netfilter.Transaction().AddElements(s_elements).Commit();

        _host.Netfilter.Transaction().DeleteElements(s_elements.AsSpan(2)).Commit();

        Ports("even").Should().Equal(2);
        Ports("odd").Should().Equal(1);
    }

    [Fact]
    public void An_exclusive_element_is_refused_if_it_is_there_and_others_are_not()
    {
        _host.Netfilter.Transaction().AddElements(s_elements.AsSpan(0, 2)).Commit();
        TableElement[] again = [s_elements[0] with { IsExclusive = true }, s_elements[1], s_elements[2]];

        FluentActions.Invoking(() => _host.Netfilter.Transaction().AddElements(again).Commit()).Should().Throw<Netlink.NetlinkException>();
        _host.Netfilter.Transaction().AddElements(again.AsSpan(1)).Commit();

        Ports("odd").Should().BeEquivalentTo([1, 3]);
    }

    [Fact]
    public void Nothing_is_nothing() => _host.Netfilter.Transaction().AddElements([]).DeleteElements([]).Count.Should().Be(0);

    private IEnumerable<int> Ports(string set) =>
        _host.Netfilter.ListElements(s_table, set).Select(element => (element.Key.Bytes[0] << 8) | element.Key.Bytes[1]);
}
