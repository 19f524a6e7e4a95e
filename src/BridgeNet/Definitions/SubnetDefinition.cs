using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

using BridgeNet.Addressing;
using BridgeNet.Netlink;

namespace BridgeNet;

/// <summary>A subnet of a network.</summary>
[TypeConverter(typeof(TextTypeConverter<SubnetDefinition>))]
public sealed record SubnetDefinition : ISpanParsable<SubnetDefinition>
{
    private static readonly IPNetwork s_linkLocal = IPNetwork.Parse("fe80::/10");
    private static readonly IPNetwork s_linkLocalSubnet = IPNetwork.Parse("fe80::/64");

    /// <summary>IPv4 or IPv6. 0.0.0.0/24 and ::/80 ask for any free subnet of that size.</summary>
    [JsonConverter(typeof(IPNetworkJsonConverter))]
    public required IPNetwork Subnet { get; set; }

    /// <summary>The bridge's address; null for the first of the subnet.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? Gateway { get; set; }

    /// <summary>The containers' next hop if it is not the bridge but a router of the subnet. Null for the gateway.</summary>
    [JsonConverter(typeof(IPAddressJsonConverter))]
    public IPAddress? NextHop { get; set; }

    /// <summary>The part of the subnet to choose addresses from; null for all of it.</summary>
    [JsonConverter(typeof(IPNetworkJsonConverter))]
    public IPNetwork? Range { get; set; }

    /// <summary>Addresses that endpoints never get because others have them, with the names of those.</summary>
    [JsonConverter(typeof(KeyedJsonConverter<IPAddress>))]
    public ValueList<KeyValuePair<string, IPAddress>> Auxiliary { get; set; }

    /// <summary>The family.</summary>
    internal AddressFamily Family => Subnet.BaseAddress.AddressFamily;

    /// <summary>The prefix length if any free subnet will do; null if the subnet is named.</summary>
    internal int? Size => AddressBlock.SizeAskedFor(Subnet);

    /// <summary>From <c>172.18.0.0/16</c> or <c>fd00:1::/64</c>.</summary>
    /// <exception cref="FormatException">Not a network, or bits are set behind the prefix.</exception>
    public static SubnetDefinition Parse(string s) => Parse(s, null);

    /// <inheritdoc cref="Parse(string)"/>
    public static SubnetDefinition Parse(string s, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static SubnetDefinition Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out SubnetDefinition? result)
            ? result
            : throw new FormatException($"'{s}' is not a subnet: write its first address and its prefix, as 172.18.0.0/16 or fd00:1::/64");

    /// <summary>From <c>172.18.0.0/16</c> or <c>fd00:1::/64</c>, if it is such a text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out SubnetDefinition? result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <summary>From <c>172.18.0.0/16</c> or <c>fd00:1::/64</c>, if it is such a text.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [NotNullWhen(true)] out SubnetDefinition? result)
    {
        int slash = s.IndexOf('/');
        result = slash > 0
            && IPNetwork.TryParse(s, out IPNetwork subnet)
            && IPAddress.TryParse(s[..slash], out IPAddress? address)
            && subnet.BaseAddress.Equals(address)
                ? new SubnetDefinition { Subnet = subnet }
                : null;
        return result is not null;
    }

    /// <summary>Checks all of it.</summary>
    /// <param name="hasGateway">Whether the bridge is to have an address in it.</param>
    /// <exception cref="ConfigurationException">A value is invalid; the message names it.</exception>
    internal void Validate(bool hasGateway)
    {
        if (Subnet.PrefixLength == 0)
        {
            throw new ConfigurationException(nameof(Subnet), $"{Subnet} is every address there is");
        }
        if (Size is not null)
        {
            if (Gateway is not null || Range is not null || NextHop is not null || Auxiliary.Count > 0)
            {
                throw new ConfigurationException(
                    nameof(Subnet), $"{Subnet} asks for any subnet: it can have no gateway, range or auxiliary address of its own");
            }
            CheckRoom(hasGateway ? AddressPool.FirstOf(Subnet) : null);
            return;
        }
        if (SpecialAddresses.FaultOf(Subnet) is { } fault)
        {
            throw new ConfigurationException(nameof(Subnet), $"{Subnet} cannot be a subnet: {fault}");
        }
        if (SubnetPools.Overlaps(Subnet, s_linkLocal) && !Subnet.Equals(s_linkLocalSubnet))
        {
            throw new ConfigurationException(
                nameof(Subnet), $"{Subnet} overlaps the link-local addresses: only {s_linkLocalSubnet} itself can be a subnet");
        }
        IPAddress? gateway = hasGateway ? Gateway ?? AddressPool.FirstOf(Subnet) : null;
        if (AddressPool.Check(Subnet, gateway, Range, Auxiliary.Select(entry => entry.Value)) is var (property, reason))
        {
            throw new ConfigurationException(property, reason);
        }
        if (NextHop is not null && new AddressPool(Subnet).Refusal(NextHop) is { } wrong)
        {
            throw new ConfigurationException(nameof(NextHop), $"{NextHop}: {wrong}");
        }
        CheckRoom(gateway);
    }

    private void CheckRoom(IPAddress? gateway)
    {
        IEnumerable<IPAddress> others = Auxiliary.Select(entry => entry.Value);
        if (new AddressPool(Subnet, gateway, range: null, NextHop is null ? others : others.Append(NextHop)).Count == UInt128.Zero)
        {
            throw new ConfigurationException(
                nameof(Subnet), $"{Subnet} has no address for a container beside the gateway and what is reserved: take a larger one");
        }
    }
}
