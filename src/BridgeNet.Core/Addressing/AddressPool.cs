using System.Net;
using System.Net.Sockets;

namespace BridgeNet.Core.Addressing;

/// <summary>
/// The addresses of one subnet that a network hands out: those of its range or the whole subnet, without the reserved ones. Pure arithmetic; the
/// claims say which endpoint has which address.
/// </summary>
/// <remarks>
/// IPv4: endpoints never get the network and broadcast addresses; a /31 has two addresses (RFC 3021), a /32 one. IPv6: they never get the first, the
/// subnet-router anycast address (RFC 4291); a /127 has two addresses (RFC 6164), a /128 one.
/// </remarks>
internal sealed class AddressPool
{
    private readonly AddressNumber? _gateway;
    private readonly AddressBlock _handedOut;
    private readonly HashSet<UInt128> _reserved;
    private readonly AddressBlock _usable;
    private string? _subnetText;

    /// <summary>The pool of a subnet. It ignores settings that <see cref="Check"/> refuses.</summary>
    /// <param name="subnet">A network of either family.</param>
    /// <param name="gateway">An address that is never handed out; null if there is none.</param>
    /// <param name="range">
    /// The part of the subnet to choose addresses from; null for all of it. An address that the caller names may be outside.
    /// </param>
    /// <param name="auxiliary">Further addresses that are never handed out.</param>
    public AddressPool(IPNetwork subnet, IPAddress? gateway = null, IPNetwork? range = null, IEnumerable<IPAddress>? auxiliary = null)
    {
        Subnet = subnet;
        _usable = UsableOf(subnet);
        _handedOut = range is { } part ? _usable.Intersect(AddressBlock.Of(part)) : _usable;
        _gateway = gateway is null ? null : AddressNumber.From(gateway);
        IEnumerable<AddressNumber> reserved = (auxiliary ?? []).Select(AddressNumber.From);
        _reserved = [.. reserved.Append(_gateway ?? default).Where(_usable.Contains).Select(address => address.Value)];
        Count = _handedOut.IsEmpty
            ? UInt128.Zero
            : _handedOut.Last - _handedOut.First + 1
                - (UInt128)_reserved.Count(value => _handedOut.Contains(new AddressNumber(_usable.Family, value)));
    }

    /// <summary>The subnet.</summary>
    public IPNetwork Subnet { get; }

    /// <summary>The subnet as text, as 172.17.0.0/16.</summary>
    public string SubnetText => _subnetText ??= Subnet.ToString();

    /// <summary>How many addresses can be handed out.</summary>
    public UInt128 Count { get; }

    /// <summary>Checks a subnet's settings; null if they are possible.</summary>
    /// <returns>The subnet's property ("Gateway", "Range" or "Auxiliary") and what is wrong with it.</returns>
    public static (string Property, string Reason)? Check(
        IPNetwork subnet, IPAddress? gateway = null, IPNetwork? range = null, IEnumerable<IPAddress>? auxiliary = null)
    {
        if (range is { } part && !AddressBlock.Of(subnet).Contains(AddressBlock.Of(part)))
        {
            return ("Range", $"{part} is outside the subnet {subnet}");
        }
        if (gateway is not null && new AddressPool(subnet).Refusal(gateway) is { } wrong)
        {
            return ("Gateway", $"{gateway}: {wrong}");
        }
        AddressPool pool = new(subnet, gateway);
        return (auxiliary ?? [])
            .Select(address => pool.Refusal(address) is { } reason ? ("Auxiliary", $"{address}: {reason}") : ((string, string)?)null)
            .FirstOrDefault(refused => refused is not null);
    }

    /// <summary>The default gateway: the first address of the subnet that an endpoint could have.</summary>
    public static IPAddress FirstOf(IPNetwork subnet)
    {
        AddressBlock usable = UsableOf(subnet);
        return new AddressNumber(usable.Family, usable.First).ToAddress();
    }

    /// <summary>Why an endpoint cannot have an address, even if the caller names it; null if it can.</summary>
    public string? Refusal(IPAddress address)
    {
        AddressNumber number = AddressNumber.From(address);
        if (!AddressBlock.Of(Subnet).Contains(number))
        {
            return $"it is outside the subnet {Subnet}";
        }
        if (number == _gateway)
        {
            return "it is the gateway's";
        }
        if (!_usable.Contains(number))
        {
            return number.Family is AddressFamily.InterNetworkV6
                ? $"it is the subnet-router anycast address of {Subnet}"
                : $"it is the network's or the broadcast address of {Subnet}";
        }
        return _reserved.Contains(number.Value) ? "it is reserved as an auxiliary address" : null;
    }

    /// <summary>Whether <see cref="From"/> gives an address.</summary>
    public bool HandsOut(IPAddress address)
    {
        AddressNumber number = AddressNumber.From(address);
        return _handedOut.Contains(number) && !_reserved.Contains(number.Value);
    }

    /// <summary>
    /// All addresses, beginning after one: round robin, so that a freed address is not handed out at once. It computes each address as it is taken,
    /// so the first of a /8 or /64 costs as little as that of a /30.
    /// </summary>
    /// <param name="after">The address handed out last; null to begin at the first.</param>
    public IEnumerable<IPAddress> From(IPAddress? after)
    {
        if (_handedOut.IsEmpty)
        {
            yield break;
        }
        AddressNumber last = after is null ? default : AddressNumber.From(after);
        UInt128 start = after is not null && _handedOut.Contains(last) ? last.Value : _handedOut.Last;
        UInt128 candidate = start;
        do
        {
            candidate = candidate == _handedOut.Last ? _handedOut.First : candidate + 1;
            if (!_reserved.Contains(candidate))
            {
                yield return new AddressNumber(_handedOut.Family, candidate).ToAddress();
            }
        }
        while (candidate != start);
    }

    private static AddressBlock UsableOf(IPNetwork subnet)
    {
        AddressBlock all = AddressBlock.Of(subnet);
        if (subnet.PrefixLength >= AddressNumber.BitsOf(all.Family) - 1)
        {
            return all;
        }
        UInt128 last = all.Family is AddressFamily.InterNetworkV6 ? all.Last : all.Last - 1;
        return all with { First = all.First + 1, Last = last };
    }
}
