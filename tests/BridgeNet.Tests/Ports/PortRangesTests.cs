using BridgeNet.Ports;

using CsCheck;

namespace BridgeNet.Tests.Ports;

public sealed class PortRangesTests
{
    private static readonly Gen<(int First, int Count)[]> s_ranges = Gen.Select(Gen.Int[1, 60], Gen.Int[1, 6]).Array[0, 12];

    [Fact]
    public void A_range_is_spoken_for_if_one_of_its_ports_is() =>
        Gen.Select(s_ranges, Gen.Int[1, 60], Gen.Int[1, 6]).Sample((added, first, count) =>
        {
            PortRanges ranges = new();
            HashSet<int> model = [];
            foreach ((int begin, int length) in added)
            {
                ranges.Add(begin, begin + length - 1);
                model.UnionWith(Enumerable.Range(begin, length));
            }

            ranges.Overlap(first, first + count - 1).Should().Be(model.Overlaps(Enumerable.Range(first, count)));
        });
}
