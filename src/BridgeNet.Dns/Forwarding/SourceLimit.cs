using BridgeNet.Dns.Names;

namespace BridgeNet.Dns.Forwarding;

/// <summary>How many things may go on at once, for one container and for all together. Any thread may use it.</summary>
/// <param name="mostOfOne">For one source address.</param>
/// <param name="mostOfAll">For all.</param>
internal sealed class SourceLimit(int mostOfOne, int mostOfAll)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<HostAddress, int> _counts = [];
    private int _all;

    /// <summary>Begins one; false if the limit is reached.</summary>
    public bool TryEnter(HostAddress source)
    {
        lock (_lock)
        {
            int count = _counts.GetValueOrDefault(source);
            if (count >= mostOfOne || _all >= mostOfAll)
            {
                return false;
            }
            _counts[source] = count + 1;
            _all++;
            return true;
        }
    }

    /// <summary>Ends one that <see cref="TryEnter"/> began.</summary>
    public void Leave(HostAddress source)
    {
        lock (_lock)
        {
            _all--;
            if (_counts[source] == 1)
            {
                _ = _counts.Remove(source);
            }
            else
            {
                _counts[source]--;
            }
        }
    }
}
