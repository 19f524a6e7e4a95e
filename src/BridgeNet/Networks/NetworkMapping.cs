using System.Net;
using System.Net.Sockets;

using BridgeNet.Addressing;
using BridgeNet.Endpoints;
using BridgeNet.Netlink;
using BridgeNet.State;

namespace BridgeNet.Networks;

/// <summary>Between a network as people define it and as it stands on disk.</summary>
internal static class NetworkMapping
{
    /// <summary>The record of a definition whose device and subnets are chosen.</summary>
    public static NetworkRecord ToRecord(this NetworkDefinition definition, string id) => new()
    {
        Name = definition.Name,
        Id = id,
        Device = definition.Device?.ToString() ?? throw new ArgumentException("the device is not chosen", nameof(definition)),
        Subnets = [.. definition.Subnets.Select(subnet => ToRecord(definition, subnet))],
        IPv4 = definition.Has(AddressFamily.InterNetwork),
        IPv6 = definition.Has(AddressFamily.InterNetworkV6),
        Internal = definition.Internal,
        Quiet = !definition.InterContainer,
        NoMasquerade = !definition.Masquerade,
        IPv4Mode = NetworkRecordView.NameOf(definition.IPv4Mode),
        IPv6Mode = NetworkRecordView.NameOf(definition.IPv6Mode),
        InhibitIPv4 = definition.InhibitIPv4,
        IPv4Source = definition.IPv4Source?.ToString(),
        IPv6Source = definition.IPv6Source?.ToString(),
        HostBinding = definition.HostBinding?.ToString(),
        TrustedInterfaces = definition.TrustedInterfaces.Count == 0 ? null : [.. definition.TrustedInterfaces.Select(name => name.ToString())],
        Mtu = definition.Mtu,
        MtuFollows = definition.MtuFollowsHost,
        InterfacePrefix = definition.InterfacePrefix,
        Announcements = definition.Announcements,
        AnnouncementInterval = (int)definition.AnnouncementInterval.TotalMilliseconds,
        Labels = definition.Labels.Count == 0 ? null : new SortedDictionary<string, string>(definition.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        AllowForeignForward = definition.AllowForeignForward,
    };

    /// <summary>The definition of a network that is there.</summary>
    public static NetworkDefinition ToDefinition(this NetworkRecord record) => new()
    {
        Name = record.Name,
        Device = InterfaceName.Parse(record.Device),
        Adopt = record.Adopted,
        IPv4 = record.IPv4,
        IPv6 = record.IPv6,
        Subnets = ValueList.From(record.Subnets.Select(ToSubnet)),
        Internal = record.Internal,
        InterContainer = !record.Quiet,
        Masquerade = !record.NoMasquerade,
        IPv4Mode = NetworkRecordView.ToMode(record.IPv4Mode),
        IPv6Mode = NetworkRecordView.ToMode(record.IPv6Mode),
        InhibitIPv4 = record.InhibitIPv4,
        IPv4Source = ToAddress(record.IPv4Source),
        IPv6Source = ToAddress(record.IPv6Source),
        HostBinding = ToAddress(record.HostBinding),
        TrustedInterfaces = ValueList.From((record.TrustedInterfaces ?? []).Select(name => InterfaceName.Parse(name))),
        Mtu = record.Mtu,
        MtuFollowsHost = record.MtuFollows,
        InterfacePrefix = record.InterfacePrefix ?? "eth",
        Announcements = record.Announcements ?? 3,
        AnnouncementInterval = TimeSpan.FromMilliseconds(record.AnnouncementInterval ?? 1000),
        Labels = ValueList.From(record.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal)),
        AllowForeignForward = record.AllowForeignForward,
    };

    /// <summary>A definition with what it leaves open filled in as it was chosen for the network that is there.</summary>
    public static NetworkDefinition FilledFrom(this NetworkDefinition asked, NetworkDefinition known) => asked with
    {
        Device = asked.Device ?? known.Device,
        Adopt = known.Adopt,
        IPv6 = asked.Has(AddressFamily.InterNetworkV6),
        Mtu = asked.MtuFollowsHost ? known.Mtu : asked.Mtu,
        Labels = ValueList.From(asked.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)),
        Subnets = ValueList.From(FillSubnets(asked, known).Select(subnet => WithGateway(asked, subnet))),
    };

    /// <summary>A subnet with its gateway named.</summary>
    public static SubnetDefinition WithGateway(NetworkDefinition definition, SubnetDefinition subnet) =>
        definition.HasGateway(subnet.Family) && subnet.Size is null
            ? subnet with { Gateway = subnet.Gateway ?? AddressPool.FirstOf(subnet.Subnet) }
            : subnet with { Gateway = null };

    private static IEnumerable<SubnetDefinition> FillSubnets(NetworkDefinition asked, NetworkDefinition known)
    {
        AddressFamily[] families = [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6];
        return families.Where(asked.Has).SelectMany(family =>
        {
            SubnetDefinition[] there = [.. known.Subnets.Where(subnet => subnet.Family == family)];
            SubnetDefinition[] named = [.. asked.Subnets.Where(subnet => subnet.Family == family)];
            return named.Length == 0
                ? there
                : named.Select((subnet, i) => subnet.Size is { } size && i < there.Length && there[i].Subnet.PrefixLength == size ? there[i] : subnet);
        });
    }

    private static SubnetRecord ToRecord(NetworkDefinition definition, SubnetDefinition subnet) => new()
    {
        Subnet = subnet.Subnet.ToString(),
        Gateway = WithGateway(definition, subnet).Gateway?.ToString(),
        NextHop = subnet.NextHop?.ToString(),
        Range = subnet.Range?.ToString(),
        Auxiliary = subnet.Auxiliary.Count == 0
            ? null
            : subnet.Auxiliary.ToDictionary(entry => entry.Key, entry => entry.Value.ToString(), StringComparer.Ordinal),
    };

    private static SubnetDefinition ToSubnet(SubnetRecord record) => new()
    {
        Subnet = IPNetwork.Parse(record.Subnet),
        Gateway = ToAddress(record.Gateway),
        NextHop = ToAddress(record.NextHop),
        Range = record.Range is { } range ? IPNetwork.Parse(range) : null,
        Auxiliary = ValueList.From((record.Auxiliary ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Select(entry => KeyValuePair.Create(entry.Key, IPAddress.Parse(entry.Value)))),
    };

    private static IPAddress? ToAddress(string? text) => text is null ? null : IPAddress.Parse(text);
}
