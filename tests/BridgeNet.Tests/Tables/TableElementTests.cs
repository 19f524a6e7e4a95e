using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Tests.Tables;

public sealed class TableElementTests
{
    private static readonly NftSet s_ranges = new NftTableId(NftFamily.Inet, "sample").Ranges("ports", NftType.Service);

    /// <summary>20 to 29, 30 to 39, and 50 to the end.</summary>
    private static readonly NftElement[] s_bounds = [Begin(20), End(30), Begin(30), End(40), Begin(50)];

    [Fact]
    public void Bounds_of_plain_ranges_know_each_other_in_whatever_order_they_come()
    {
        NftElement[] backwards = [.. Enumerable.Reverse(s_bounds)];
        NftElement[] mixed = [s_bounds[3], s_bounds[0], s_bounds[4], s_bounds[2], s_bounds[1]];

        foreach (NftElement[] listed in new[] { s_bounds, backwards, mixed })
        {
            TableElement.OfSet(s_ranges, listed).Select(element => (element.Element, element.OtherBound)).Should().Equal(
                (s_bounds[0], Port(30)), (s_bounds[1], Port(20)), (s_bounds[2], Port(40)), (s_bounds[3], Port(30)), (s_bounds[4], null));
        }
    }

    [Fact]
    public void A_longer_range_is_another_element()
    {
        TableElement[] listed = TableElement.OfSet(s_ranges, s_bounds);
        TableElement[] longer = TableElement.OfSet(s_ranges, [Begin(20), End(31)]);

        longer.Select(element => element.Identity).Should().NotIntersectWith(listed.Select(element => element.Identity));
        TableElement.OfSet(s_ranges, [Begin(20), End(30)]).Select(element => element.Identity)
            .Should().Equal(listed.Take(2).Select(element => element.Identity));
    }

    [Fact]
    public void The_same_key_in_two_sets_is_two_elements()
    {
        TableElement one = new(s_ranges.Table, "one", Begin(20)), two = one with { Set = "two" };

        one.Key.Should().Be(two.Key);
        one.Identity.Should().NotBe(two.Identity);
    }

    private static NftElement Begin(ushort port) => new() { Key = Port(port) };

    private static NftElement End(ushort port) => new() { Key = Port(port), IsIntervalEnd = true };

    private static NftValue Port(ushort port) => NftValue.Port(port);
}
