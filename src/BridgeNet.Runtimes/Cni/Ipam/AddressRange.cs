using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Runtimes.Cni;

/// <summary>Addresses that are given out of one network: from the first to the last, but for the gateway.</summary>
internal sealed record AddressRange
{
    private AddressRange(IPNetwork subnet, UInt128 first, UInt128 last, IPAddress gateway)
    {
        Subnet = subnet;
        First = first;
        Last = last;
        Gateway = gateway;
    }

    /// <summary>The network.</summary>
    public IPNetwork Subnet { get; }

    /// <summary>The first address, as a number.</summary>
    public UInt128 First { get; }

    /// <summary>The last address, as a number.</summary>
    public UInt128 Last { get; }

    /// <summary>The router; nobody gets it.</summary>
    public IPAddress Gateway { get; }

    /// <summary>The family.</summary>
    public AddressFamily Family => Subnet.BaseAddress.AddressFamily;

    /// <summary>Reads and checks a range.</summary>
    /// <exception cref="CniException">7: a value is wrong.</exception>
    public static AddressRange From(HostLocalRangeOptions options)
    {
        if (string.IsNullOrEmpty(options.Subnet))
        {
            throw Wrong("a range has no subnet");
        }
        IPNetwork subnet = Parse(() => AddressText.ParseNetwork(options.Subnet));
        int bits = subnet.BaseAddress.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        if (subnet.PrefixLength > bits - 2)
        {
            throw Wrong($"network {subnet} is too small to give out addresses: its prefix is to be at most {bits - 2}");
        }
        UInt128 start = AddressNumber.Of(subnet.BaseAddress);
        UInt128 end = AddressNumber.LastOf(subnet);
        UInt128 usable = bits == 32 ? end - 1 : end;
        IPAddress gateway = Inside("gateway", options.Gateway, subnet) ?? AddressNumber.ToAddress(start + 1, subnet.BaseAddress.AddressFamily);
        UInt128 first = Inside("rangeStart", options.RangeStart, subnet) is { } from ? AddressNumber.Of(from) : start + 1;
        UInt128 last = Inside("rangeEnd", options.RangeEnd, subnet) is { } to ? AddressNumber.Of(to) : usable;
        first = UInt128.Max(first, start + 1);
        return first <= last
            ? new AddressRange(subnet, first, last, gateway)
            : throw Wrong($"rangeStart {options.RangeStart} is behind rangeEnd {options.RangeEnd} in network {subnet}");
    }

    /// <summary>Whether an address is given out of it.</summary>
    public bool Contains(IPAddress address) =>
        address.AddressFamily == Family && AddressNumber.Of(address) is var number && number >= First && number <= Last;

    /// <summary>Whether two have an address in common.</summary>
    public bool Overlaps(AddressRange other) => Family == other.Family && First <= other.Last && other.First <= Last;

    /// <summary>The first and the last address.</summary>
    public override string ToString() => $"{AddressNumber.ToAddress(First, Family)}-{AddressNumber.ToAddress(Last, Family)}";

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
