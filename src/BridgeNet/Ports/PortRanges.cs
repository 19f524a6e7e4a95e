namespace BridgeNet.Ports;

/// <summary>A set of ports as the fewest ranges, in order.</summary>
internal sealed class PortRanges
{
    private readonly List<(int First, int Last)> _ranges = [];

    /// <summary>Whether the set has a port of a range.</summary>
    public bool Overlap(int first, int last)
    {
        int index = FirstEndingAtOrAfter(first);
        return index < _ranges.Count && _ranges[index].First <= last;
    }

    /// <summary>Adds a range.</summary>
    public void Add(int first, int last)
    {
        int begin = FirstEndingAtOrAfter(first - 1), end = begin; // ranges that only touch are joined too
        for (; end < _ranges.Count && _ranges[end].First <= last + 1; end++)
        {
            first = Math.Min(first, _ranges[end].First);
            last = Math.Max(last, _ranges[end].Last);
        }
        _ranges.RemoveRange(begin, end - begin);
        _ranges.Insert(begin, (first, last));
    }

    private int FirstEndingAtOrAfter(int port)
    {
        int low = 0, high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Last < port)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
