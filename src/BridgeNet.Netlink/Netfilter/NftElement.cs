using System.Net;

namespace BridgeNet.Netlink.Netfilter;

/// <summary>An element of a set or map.</summary>
/// <remarks>There are tens of thousands of them at once: what few of them have takes little room in the others.</remarks>
public sealed record NftElement
{
    private readonly NftValue _keyEnd;
    private readonly NftValue _data;
    private readonly Lifetime? _lifetime;

    /// <summary>The key, or where its range begins; empty for the element that stands for every key that is not there.</summary>
    public required NftValue Key { get; init; }

    /// <summary>The last key of its range, in sets of concatenated ranges; null elsewhere.</summary>
    public NftValue? KeyEnd
    {
        get => _keyEnd.Length == 0 ? null : _keyEnd;
        init => _keyEnd = value ?? default;
    }

    /// <summary>In sets of plain ranges, whether this ends the range before it: its key is the first one behind it.</summary>
    public bool IsIntervalEnd { get; init; }

    /// <summary>What a map gives for it.</summary>
    public NftValue? Data
    {
        get => _data.Length == 0 ? null : _data;
        init => _data = value ?? default;
    }

    /// <summary>What a verdict map gives for it.</summary>
    public NftVerdict? Verdict { get; init; }

    /// <summary>How long it stays, in whole milliseconds; null is the set's own.</summary>
    public TimeSpan? Timeout
    {
        get => _lifetime?.Timeout;
        init => _lifetime = Lifetime.Of(value, Expiration);
    }

    /// <summary>How long it still stays, as the kernel lists it.</summary>
    public TimeSpan? Expiration
    {
        get => _lifetime?.Expiration;
        init => _lifetime = Lifetime.Of(Timeout, value);
    }

    /// <summary>What it counted, in sets with counters.</summary>
    public CounterExpression? Counter { get; init; }

    /// <summary>What its creator noted on it.</summary>
    public NftUserData UserData { get; init; }

    /// <summary>The comment in <see cref="UserData"/>.</summary>
    public string? Comment
    {
        get => UserData.Comment;
        init => UserData = NftUserData.OfComment(value);
    }

    /// <summary>The elements of a range in a set of plain ranges: where it begins, and where it has ended if values follow.</summary>
    /// <param name="first">The lowest value, in network order.</param>
    /// <param name="last">The highest.</param>
    /// <param name="data">What a map gives for it.</param>
    public static ValueList<NftElement> Range(NftValue first, NftValue last, NftValue? data = null)
    {
        Span<byte> behind = stackalloc byte[NftValue.MaxLength];
        behind = behind[..last.Length];
        last.Bytes.CopyTo(behind);
        NftElement begin = new() { Key = first, Data = data };
        return TryStepOver(behind, behind.Length * 8)
            ? [begin, new NftElement { Key = new NftValue(behind), IsIntervalEnd = true }]
            : [begin with { UserData = NftUserData.OfOpenRange(comment: null) }];
    }

    /// <summary>The elements of a subnet in a set of plain ranges: where it begins, and where it has ended if addresses follow.</summary>
    /// <param name="subnet">IPv4 or IPv6, as the set's type.</param>
    /// <param name="comment">A comment on the first; null is none.</param>
    public static ValueList<NftElement> Subnet(IPNetwork subnet, string? comment = null)
    {
        Span<byte> behind = stackalloc byte[16];
        _ = subnet.BaseAddress.TryWriteBytes(behind, out int length);
        behind = behind[..length];
        NftElement begin = new() { Key = new NftValue(behind), Comment = comment };
        return TryStepOver(behind, subnet.PrefixLength)
            ? [begin, new NftElement { Key = new NftValue(behind), IsIntervalEnd = true }]
            : [begin with { UserData = NftUserData.OfOpenRange(comment) }];
    }

    /// <summary>Adds one at the prefix's last bit; false if that leads past the last address.</summary>
    private static bool TryStepOver(Span<byte> address, int prefixLength)
    {
        int step = 1 << ((8 - (prefixLength % 8)) % 8);
        for (int i = (prefixLength + 7) / 8 - 1; i >= 0; i--)
        {
            int sum = address[i] + step;
            address[i] = (byte)sum;
            if (sum <= byte.MaxValue)
            {
                return true;
            }
            step = 1;
        }
        return false;
    }

    /// <summary>How long an element stays, of those that do not stay for ever.</summary>
    private sealed record Lifetime(TimeSpan? Timeout, TimeSpan? Expiration)
    {
        public static Lifetime? Of(TimeSpan? timeout, TimeSpan? expiration) =>
            timeout is null && expiration is null ? null : new Lifetime(timeout, expiration);
    }
}
