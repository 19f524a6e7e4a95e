using BridgeNet.Netlink.Netfilter;
using CsCheck;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Any record that the wire can hold.</summary>
internal static class NftGen
{
    private static readonly Gen<string> s_name = Gen.String[Gen.Char['a', 'z'], 1, 40];
    private static readonly Gen<string> s_comment = Gen.String[Gen.Char[' ', '~'], 0, 127];
    private static readonly Gen<NftValue> s_value = Gen.Byte.Array[1, 64].Select(bytes => new NftValue(bytes));
    private static readonly Gen<NftRegister> s_register = Gen.UInt[0, 23].Select(number => (NftRegister)number);
    private static readonly Gen<ulong?> s_number = Gen.ULong.Nullable();
    private static readonly Gen<TimeSpan?> s_time = Gen.Long[0, long.MaxValue / 10_000]
        .Select(milliseconds => new TimeSpan(milliseconds * 10_000))
        .Nullable();
    private static readonly Gen<NftUserData> s_userData = Gen.OneOf(
        Gen.Const(default(NftUserData)),
        s_comment.Select(NftUserData.OfComment),
        Gen.Byte.Array[0, 256].Select(bytes => new NftUserData(new NftValue(bytes))));

    private static readonly Gen<NftTableId> s_id = Gen.Select(Gen.Enum<NftFamily>(), s_name, (family, name) => new NftTableId(family, name));
    private static readonly Gen<NftVerdict> s_verdict =
        Gen.Select(Gen.Enum<NftVerdictCode>(), Gen.OneOf(s_name, Gen.Const((string)null!)), (code, chain) => new NftVerdict(code, chain));

    private static readonly Gen<(NftRegister? Min, NftRegister? Max)> s_range = Gen.Select(s_register.Nullable(), s_register.Nullable())
        .Select((min, max) => (min, max == min ? null : max));

    private static readonly Gen<NatFlags> s_natFlags = Gen.UInt.Select(flags => (NatFlags)(flags & ~3u));

    private static readonly Gen<ValueList<NftType>> s_types =
        Gen.Int[0, NftType.Known.Length - 1]
            .Where(index => index > 0)
            .Select(index => NftType.Known[index])
            .Array[1, 5]
            .Select(types => ValueList.From(types));

    public static Gen<NftTable> Table { get; } = Gen.Select(
        s_id, Gen.UInt, s_userData, s_number,
        (id, flags, userData, handle) => new NftTable { Id = id, Flags = (NftTableFlags)flags, UserData = userData, Handle = handle });

    public static Gen<NftChain> Chain { get; } = Gen.Select(
        s_id, s_name, Gen.OneOf(s_name.Select(name => (NftChainType?)new NftChainType(name)), Gen.Const((NftChainType?)null)), Hook(),
        Gen.Enum<NftPolicy>().Nullable(), s_userData, s_number,
        (table, name, type, hook, policy, userData, handle) => new NftChain
        {
            Table = table,
            Name = name,
            Type = type,
            Hook = hook,
            Policy = policy,
            UserData = userData,
            Handle = handle,
        });

    public static Gen<CounterExpression> Counter { get; } =
        Gen.Select(Gen.ULong, Gen.ULong, (packets, bytes) => new CounterExpression { Packets = packets, Bytes = bytes });

    public static Gen<NftExpression> Expression { get; } = Gen.OneOf(Loads(), Decisions(), Nats());

    public static Gen<NftRule> Rule { get; } = Gen.Select(
        s_id, s_name, Expression.Array[0, 8], s_number, s_number, s_userData,
        (table, chain, expressions, handle, position, userData) => new NftRule
        {
            Table = table,
            Chain = chain,
            Expressions = ValueList.From(expressions),
            Handle = handle,
            Position = position,
            UserData = userData,
        });

    public static Gen<NftSet> Set { get; } = Gen.Select(
        Gen.Select(s_id, s_name, Gen.UInt.Nullable(), s_number),
        Gen.Select(s_types, Gen.OneOf(s_types, Gen.Const(default(ValueList<NftType>)), Gen.Const((ValueList<NftType>)[NftType.Verdict]))),
        Gen.Select(Gen.UInt[0, 0x37].Select(bits => (NftSetFlags)(bits & ~8u)), Gen.UInt.Nullable(), s_time, Gen.Bool),
        Gen.OneOf(s_comment, Gen.Const((string)null!)),
        (name, types, rest, comment) => new NftSet
        {
            Table = name.Item1,
            Name = name.Item2,
            Id = name.Item3,
            Handle = name.Item4,
            KeyTypes = types.Item1,
            DataTypes = types.Item2,
            Flags = rest.Item1,
            Size = rest.Item2,
            Timeout = rest.Item3,
            HasCounters = rest.Item4,
            Comment = comment,
        });

    public static Gen<NftElement> Element { get; } = Gen.Select(
        Gen.Select(Gen.OneOf(s_value, Gen.Const(default(NftValue))), s_value.Nullable(), Gen.Bool),
        Gen.OneOf(
            s_value.Select(value => (Data: (NftValue?)value, Verdict: (NftVerdict?)null)),
            s_verdict.Select(verdict => (Data: (NftValue?)null, Verdict: (NftVerdict?)verdict)),
            Gen.Const((Data: (NftValue?)null, Verdict: (NftVerdict?)null))),
        s_time, s_time, Gen.OneOf(Counter, Gen.Const((CounterExpression)null!)), s_userData,
        (key, data, timeout, expiration, counter, userData) => new NftElement
        {
            Key = key.Item1,
            KeyEnd = key.Item2,
            IsIntervalEnd = key.Item3,
            Data = data.Data,
            Verdict = data.Verdict,
            Timeout = timeout,
            Expiration = expiration,
            Counter = counter,
            UserData = userData,
        });

    public static Gen<NftObject> Object { get; } = Gen.Select(
        s_id, s_name, s_userData, s_number, Gen.ULong, Gen.ULong, Gen.Bool, Gen.Bool,
        (table, name, userData, handle, one, other, over, counter) => counter
            ? (NftObject)new NftCounter { Table = table, Name = name, UserData = userData, Handle = handle, Packets = one, Bytes = other }
            : new NftQuota { Table = table, Name = name, UserData = userData, Handle = handle, Bytes = one, Consumed = other, Over = over });

    private static Gen<NftHook> Hook() => Gen.OneOf(
        Gen.Const((NftHook)null!),
        Gen.Select(
            Gen.UInt, Gen.Int, s_name.Array[0, 3],
            (point, priority, devices) => new NftHook { Point = (NftHookPoint)point, Priority = priority, Devices = ValueList.From(devices) }));

    private static Gen<NftExpression> Loads() => Gen.OneOf<NftExpression>(
        Gen.Select(s_register, Gen.Enum<MetaKey>(), (register, key) => (NftExpression)new MetaExpression { Key = key, Register = register }),
        Gen.Select(s_register, Gen.UInt, (register, key) => (NftExpression)new MetaSetExpression { Key = (MetaKey)key, Register = register }),
        Gen.Select(s_register, Gen.UInt, Gen.Enum<CtDirection>().Nullable(), (register, key, direction) =>
            (NftExpression)new CtExpression { Key = (CtKey)key, Register = register, Direction = direction }),
        Gen.Select(s_register, Gen.UInt, (register, key) => (NftExpression)new CtSetExpression { Key = (CtKey)key, Register = register }),
        Gen.Select(s_register, Gen.UInt, Gen.UInt, Gen.UInt, (register, header, offset, length) =>
            (NftExpression)new PayloadExpression { Register = register, Base = (PayloadBase)header, Offset = offset, Length = length }),
        Gen.Select(s_register, s_register, Gen.UInt, s_value, s_value, (source, target, length, mask, xor) =>
            (NftExpression)new BitwiseExpression { Source = source, Target = target, Length = length, Mask = mask, Xor = xor }),
        Gen.Select(s_register, s_register, Gen.UInt, Gen.UInt, Gen.UInt, (source, target, operation, length, size) =>
            (NftExpression)new ByteOrderExpression
            {
                Source = source,
                Target = target,
                Operation = (ByteOrderOperation)operation,
                Length = length,
                Size = size,
            }),
        Gen.Select(s_register, Gen.UInt, Gen.UInt, (register, result, flags) =>
            (NftExpression)new FibExpression { Register = register, Result = (FibResult)result, Flags = (FibFlags)flags }),
        Gen.Select(s_register, s_value, (register, value) => (NftExpression)new ImmediateExpression { Register = register, Value = value }));

    private static Gen<NftExpression> Decisions() => Gen.OneOf<NftExpression>(
        s_verdict.Select(verdict => (NftExpression)new VerdictExpression { Verdict = verdict }),
        Gen.Select(s_register, Gen.UInt, s_value, (register, how, value) =>
            (NftExpression)new CompareExpression { Register = register, Operator = (CompareOperator)how, Value = value }),
        Gen.Select(s_register, s_value, s_value, Gen.Bool, (register, from, to, invert) =>
            (NftExpression)new RangeExpression { Register = register, From = from, To = to, Invert = invert }),
        Gen.Select(s_name, s_register, s_register.Nullable(), Gen.Bool, Gen.UInt.Nullable(), (set, source, target, invert, id) =>
            (NftExpression)new LookupExpression { Set = set, Source = source, Target = target, Invert = invert, SetId = id }),
        Counter.Select(counter => (NftExpression)counter),
        Gen.Select(Gen.ULong, Gen.ULong, Gen.UInt, Gen.Enum<LimitType>(), Gen.Bool, (rate, unit, burst, type, over) =>
            (NftExpression)new LimitExpression { Rate = rate, UnitSeconds = unit, Burst = burst, Type = type, Over = over }),
        Gen.Select(Gen.OneOf(s_name, Gen.Const((string)null!)), Gen.Enum<LogLevel>().Nullable(), Gen.UShort.Nullable(), Gen.UInt.Nullable(),
            Gen.UShort.Nullable(), Gen.UInt.Nullable(), (prefix, level, group, snap, threshold, flags) => (NftExpression)new LogExpression
            {
                Prefix = prefix,
                Level = level is LogLevel.Warning ? null : level,
                Group = group,
                SnapLength = snap,
                QueueThreshold = threshold,
                Flags = flags,
            }),
        Gen.Select(Gen.Enum<RejectType>(), Gen.Byte, (type, code) => (NftExpression)new RejectExpression { Type = type, Code = code }),
        Gen.Select(Gen.UInt, s_name, (type, name) =>
            (NftExpression)new ObjectReferenceExpression { Type = (NftObjectType)type, ObjectName = name }),
        Gen.Select(Gen.Bool, s_name, Gen.UInt, s_value, (isTarget, name, revision, value) =>
            (NftExpression)new CompatExpression { IsTarget = isTarget, Extension = name, Revision = revision, Information = value }),
        Gen.Select(s_name, s_value, (kind, value) => (NftExpression)new UnknownExpression { Kind = $"x-{kind}", Data = Padded(value) }));

    private static Gen<NftExpression> Nats() => Gen.OneOf<NftExpression>(
        Gen.Select(Gen.Enum<NatType>(), Gen.Enum<NftFamily>(), s_range, s_range, s_natFlags, (type, family, addresses, ports, flags) =>
            (NftExpression)new NatExpression
            {
                Type = type,
                Family = family,
                Flags = flags,
                AddressMin = addresses.Min,
                AddressMax = addresses.Max,
                PortMin = ports.Min,
                PortMax = ports.Max,
            }),
        Gen.Select(s_range, s_natFlags, (ports, flags) =>
            (NftExpression)new MasqueradeExpression { PortMin = ports.Min, PortMax = ports.Max, Flags = flags }),
        Gen.Select(s_range, s_natFlags, (ports, flags) =>
            (NftExpression)new RedirectExpression { PortMin = ports.Min, PortMax = ports.Max, Flags = flags }));

    /// <summary>Attributes are always a multiple of 4 bytes.</summary>
    private static NftValue Padded(NftValue value) => new([.. value.Bytes, .. new byte[(4 - (value.Length % 4)) % 4]]);
}
