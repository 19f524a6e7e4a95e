namespace BridgeNet.Netlink.Route;

/// <summary>The name of a queueing discipline or class on its link, or of a place where one hangs: 16 bits and 16 bits.</summary>
public readonly record struct TrafficHandle
{
    private const ushort IngressMajor = 0xffff;

    private TrafficHandle(uint value) => Value = value;

    /// <summary>Where the discipline of outgoing packets hangs.</summary>
    public static TrafficHandle Root { get; } = new(TcValue.Root);

    /// <summary>Where the discipline of incoming packets hangs, which queues nothing and is there for its filters.</summary>
    public static TrafficHandle Ingress { get; } = new(TcValue.Ingress);

    /// <summary>The handle that the discipline of incoming packets always has: <c>ffff:</c>.</summary>
    public static TrafficHandle IngressDiscipline { get; } = From(IngressMajor, 0);

    /// <summary>The parent of filters for incoming packets, with an <c>ingress</c> or a <c>clsact</c> discipline.</summary>
    public static TrafficHandle IngressFilters { get; } = From(IngressMajor, TcValue.IngressFilters);

    /// <summary>Of a discipline its own number; 0 where the kernel finds one.</summary>
    public ushort Major => (ushort)(Value >> 16);

    /// <summary>The number inside the discipline; 0 is the discipline itself.</summary>
    public ushort Minor => (ushort)Value;

    /// <summary>Both as the wire has them.</summary>
    internal uint Value { get; }

    /// <summary>A handle of its two numbers.</summary>
    public static TrafficHandle From(ushort major, ushort minor) => new(((uint)major << 16) | minor);

    /// <summary><c>root</c>, or hexadecimal as <c>1:</c> and <c>ffff:fff1</c>.</summary>
    public override string ToString() =>
        this == Root ? "root" : Minor == 0 ? $"{Major:x}:" : $"{Major:x}:{Minor:x}";

    internal static TrafficHandle FromWire(uint value) => new(value);
}
