using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Addresses that are given out of one network: from the first to the last, but for the gateway.</summary>
internal sealed record AddressRange
{
    private AddressRange(IPNetwork subnet, AddressBlock block, IPAddress gateway)
    {
        Subnet = subnet;
        Block = block;
        Gateway = gateway;
    }

    /// <summary>The network.</summary>
    public IPNetwork Subnet { get; }

    /// <summary>The addresses.</summary>
    public AddressBlock Block { get; }

    /// <summary>The router; nobody gets it.</summary>
    public IPAddress Gateway { get; }

    /// <summary>The family.</summary>
    public AddressFamily Family => Block.Family;

    /// <summary>Reads and checks a range.</summary>
    /// <exception cref="CniException">7: a value is wrong.</exception>
    public static AddressRange From(HostLocalRangeOptions options)
    {
        if (string.IsNullOrEmpty(options.Subnet))
        {
            throw Wrong("a range has no subnet");
        }
        IPNetwork subnet = Parse(() => AddressText.ParseNetwork(options.Subnet));
        AddressBlock all = AddressBlock.Of(subnet);
        int bits = AddressNumber.BitsOf(all.Family);
        if (subnet.PrefixLength > bits - 2)
        {
            throw Wrong($"network {subnet} is too small to give out addresses: its prefix is to be at most {bits - 2}");
        }
        AddressNumber first = new(all.Family, all.First + 1);
        UInt128 usable = all.Family is AddressFamily.InterNetwork ? all.Last - 1 : all.Last;
        IPAddress gateway = Inside("gateway", options.Gateway, subnet) ?? first.ToAddress();
        AddressBlock block = all with
        {
            First = Inside("rangeStart", options.RangeStart, subnet) is { } from
                ? UInt128.Max(AddressNumber.From(from).Value, first.Value)
                : first.Value,
            Last = Inside("rangeEnd", options.RangeEnd, subnet) is { } to ? AddressNumber.From(to).Value : usable,
        };
        return block.IsEmpty
            ? throw Wrong($"rangeStart {options.RangeStart} is behind rangeEnd {options.RangeEnd} in network {subnet}")
            : new AddressRange(subnet, block, gateway);
    }

    /// <summary>Whether an address is given out of it.</summary>
    public bool Contains(IPAddress address) => Block.Contains(AddressNumber.From(address));

    /// <summary>Whether two have an address in common.</summary>
    public bool Overlaps(AddressRange other) => Block.Overlaps(other.Block);

    /// <summary>The first and the last address.</summary>
    public override string ToString() => $"{new AddressNumber(Family, Block.First).ToAddress()}-{Block.LastAddress}";

    private static IPAddress? Inside(string key, string? text, IPNetwork subnet)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        IPAddress address = Parse(() => AddressText.ParseAddress(text));
        return subnet.Contains(address) ? address : throw Wrong($"{key} {address} is not in network {subnet}");
    }

    private static T Parse<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (FormatException error)
        {
            throw new CniException(CniErrorCode.InvalidConfiguration, $"ipam: {error.Message}", innerException: error);
        }
    }

    private static CniException Wrong(string message) => new(CniErrorCode.InvalidConfiguration, $"ipam: {message}");
}
