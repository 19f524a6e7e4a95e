using BridgeNet.Netlink.Route;
using CsCheck;

namespace BridgeNet.Netlink.Tests;

/// <summary>Any values of what traffic control carries, as far as a message can carry them.</summary>
internal static class TrafficControlGens
{
    public static readonly Gen<TrafficHandle> Handle = Gen.Select(Gen.UShort, Gen.UShort, TrafficHandle.From);

    public static readonly Gen<TokenBucketKind> TokenBucket = Gen.Select(
        Gen.OneOf(Gen.UInt.Select(rate => (ulong)rate), Gen.ULong),
        Gen.UInt,
        Gen.UInt,
        (rate, burst, limit) => new TokenBucketKind { Rate = rate, Burst = burst, Limit = limit });

    public static readonly Gen<QdiscKind> Kind = Gen.OneOf(
        TokenBucket.Select(QdiscKind (bucket) => bucket),
        Gen.Const(() => (QdiscKind)new IngressKind()),
        Gen.Byte.Array[0, 40].Select(QdiscKind (options) => new GenericQdiscKind("pfifo", options)));

    public static readonly Gen<Qdisc> Qdisc =
        from index in Gen.Int
        from kind in Kind
        from handles in Handle.Array[2]
        select new Qdisc { LinkIndex = index, Kind = kind, Parent = handles[0], Handle = handles[1] };

    public static readonly Gen<TrafficFilter> Filter =
        from indexes in Gen.Int.Array[2]
        from parent in Handle
        from priority in Gen.UShort
        from handle in Gen.UInt
        select new TrafficFilter { LinkIndex = indexes[0], RedirectTo = indexes[1], Parent = parent, Priority = priority, Handle = handle };
}
