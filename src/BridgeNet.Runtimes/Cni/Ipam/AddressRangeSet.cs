using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Cni;

/// <summary>A list of ranges of one family, from which a container gets one address.</summary>
internal sealed record AddressRangeSet
{
    private AddressRangeSet(ValueList<AddressRange> ranges) => Ranges = ranges;

    /// <summary>The ranges; at least one.</summary>
    public ValueList<AddressRange> Ranges { get; }

    /// <summary>The family of all of them.</summary>
    public AddressFamily Family => Ranges[0].Family;

    /// <summary>Reads and checks all sets of a configuration; those of the runtime come first.</summary>
    /// <exception cref="CniException">7: a value is wrong.</exception>
    public static IReadOnlyList<AddressRangeSet> From(HostLocalOptions options, CniRuntimeConfiguration? runtime)
    {
        List<IReadOnlyList<HostLocalRangeOptions>> written = [.. runtime?.IpRanges ?? []];
        if (!string.IsNullOrEmpty(options.Subnet))
        {
            written.Add(
            [
                new HostLocalRangeOptions
                {
                    Subnet = options.Subnet, RangeStart = options.RangeStart, RangeEnd = options.RangeEnd, Gateway = options.Gateway,
                },
            ]);
        }
        written.AddRange(options.Ranges ?? []);
        AddressRangeSet[] sets = [.. written.Select(From)];
        if (sets.Length == 0)
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, "ipam: no IP ranges specified: name a subnet, or ranges");
        }
        AddressRange[] all = [.. sets.SelectMany(set => set.Ranges)];
        for (int i = 0; i < all.Length; i++)
        {
            if (all.Take(i).FirstOrDefault(all[i].Overlaps) is { } other)
            {
                throw new CniException(CniErrorCode.InvalidConfiguration, $"ipam: the ranges {other} and {all[i]} overlap");
            }
        }
        return sets;
    }

    /// <summary>The range that gives an address out; null if none does.</summary>
    public AddressRange? Find(IPAddress address) => Ranges.FirstOrDefault(range => range.Contains(address));

    /// <summary>All addresses of the list once around, beginning after a given one.</summary>
    public IEnumerable<(IPAddress Address, AddressRange Range)> After(IPAddress? last)
    {
        int start = last is null ? -1 : Array.FindIndex([.. Ranges], range => range.Contains(last));
        for (int step = 0; step <= Ranges.Count; step++)
        {
            AddressRange range = Ranges[(Math.Max(start, 0) + step) % Ranges.Count];
            bool isFirst = step == 0 && start >= 0;
            bool isAgain = step == Ranges.Count;
            if (isAgain && start < 0)
            {
                yield break;
            }
            UInt128 from = isFirst ? AddressNumber.From(last!).Value + 1 : range.Block.First;
            UInt128 to = isAgain ? AddressNumber.From(last!).Value : range.Block.Last;
            for (UInt128 number = from; number <= to && number >= from; number++)
            {
                IPAddress address = new AddressNumber(range.Family, number).ToAddress();
                if (!address.Equals(range.Gateway))
                {
                    yield return (address, range);
                }
            }
        }
    }

    /// <summary>The ranges, for errors.</summary>
    public override string ToString() => string.Join(',', Ranges);

    private static AddressRangeSet From(IReadOnlyList<HostLocalRangeOptions> options)
    {
        AddressRange[] ranges = [.. options.Select(AddressRange.From)];
        return ranges.Length == 0
            ? throw new CniException(CniErrorCode.InvalidConfiguration, "ipam: a list of ranges is empty")
            : ranges.Any(range => range.Family != ranges[0].Family)
                ? throw new CniException(CniErrorCode.InvalidConfiguration, "ipam: a list of ranges has both IPv4 and IPv6: write a list for each")
                : new AddressRangeSet([.. ranges]);
    }
}
