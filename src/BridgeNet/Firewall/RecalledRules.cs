using System.Buffers.Binary;
using System.Net;
using System.Text;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>What the tables still know of networks and endpoints whose records are lost. It reads elements back into definitions and ports.</summary>
internal sealed class RecalledRules
{
    /// <summary>The bytes of an interface's name in a key (IFNAMSIZ).</summary>
    private const int NameLength = 16;

    /// <summary>The bytes of a protocol or a port in a concatenation.</summary>
    private const int PartLength = 4;

    private readonly ILookup<string, NftElement> _elements;

    private RecalledRules(IEnumerable<TableElement> elements) =>
        _elements = elements.ToLookup(element => element.Set, element => element.Element, StringComparer.Ordinal);

    /// <summary>Reads both tables; a missing one is empty.</summary>
    public static RecalledRules Read(NetfilterSocket netfilter) => new(
        from table in new[] { FirewallLayout.Table, SpoofGuard.Table }
        let content = TableContent.Read(netfilter, table)
        where content is not null
        from element in content.Elements
        select element);

    /// <summary>What the rules know of a bridge's network, with the subnets that the caller knows already.</summary>
    public NetworkDefinition NetworkOf(InterfaceName device, IEnumerable<IPNetwork> known)
    {
        IPNetwork[] subnets = [.. known.Concat(FamilySets.All.ToArray().SelectMany(family => HomesOf(device, family))).Distinct()];
        NftValue bridge = new NftKey().Interface(device).ToValue();
        bool isInternal = Has(FirewallLayout.Internal, bridge);
        return new NetworkDefinition
        {
            Name = "",
            Device = device,
            Subnets = ValueList.From(subnets.Select(subnet => new SubnetDefinition { Subnet = subnet })),
            Internal = isInternal,
            InterContainer = !Has(FirewallLayout.Quiet, new NftKey().Interface(device).Interface(device).ToValue()),
            IPv4Mode = ModeOf(device, FamilySets.V4, isInternal),
            IPv6Mode = ModeOf(device, FamilySets.V6, isInternal),
            Masquerade = !subnets.Any(subnet => Has(FamilySets.Of(subnet.BaseAddress).Unmasqueraded, NftValue.Address(subnet.BaseAddress))),
            IPv4Source = SourceOf(subnets, FamilySets.V4),
            IPv6Source = SourceOf(subnets, FamilySets.V6),
            Dns = _elements[FamilySets.V4.Publish].Concat(_elements[FamilySets.V6.Publish]).Any(element => IsNameServerOf(element, subnets)),
            TrustedInterfaces = ValueList.From(TrustedOf(subnets).Distinct()),
        };
    }

    /// <summary>The endpoint's id for a guarded bridge port; null if it is not guarded.</summary>
    public string? OwnerOf(InterfaceName port)
    {
        NftValue key = new NftKey().Interface(port).ToValue();
        return _elements[SpoofGuard.Ports].FirstOrDefault(element => element.Key == key)?.Comment;
    }

    /// <summary>An endpoint's published ports.</summary>
    /// <param name="owner">Its id.</param>
    /// <param name="addresses">Its addresses.</param>
    public IEnumerable<PublishedPort> PortsOf(string owner, IReadOnlyCollection<IPAddress> addresses)
    {
        HashSet<NftValue> translated = [];
        foreach (FamilySets family in FamilySets.All.ToArray())
        {
            IPAddress any = family == FamilySets.V6 ? IPAddress.IPv6Any : IPAddress.Any;
            int length = any.GetAddressBytes().Length;
            List<(PublishedPort Port, NftElement? Range)> found = [];
            foreach ((NftElement element, bool isWildcard) in TargetsOf(family, owner))
            {
                NftValue inside = element.Data!.Value;
                ReadOnlySpan<byte> key = element.Key.Bytes[(isWildcard ? 0 : length)..];
                ReadOnlySpan<byte> number = element.KeyEnd is null
                    ? inside.Bytes.Slice(length, sizeof(ushort))
                    : key.Slice(PartLength, sizeof(ushort)); // a range has the same ports on both sides
                NftValue target = new NftKey().Address(new IPAddress(inside.Bytes[..length])).Part(key[..1]).Part(number).ToValue();
                translated.Add(target);
                PublishedPort port = new(
                    isWildcard ? any : new IPAddress(element.Key.Bytes[..length]),
                    BinaryPrimitives.ReadUInt16BigEndian(key[PartLength..]),
                    BinaryPrimitives.ReadUInt16BigEndian(number),
                    (TransportProtocol)key[0])
                { Count = CountOf(element), Sources = SourcesOf(family, target) };
                found.Add((port, element.KeyEnd is null ? OpenRangeOf(family, target) : null));
            }
            IEnumerable<PublishedPort> joined = found.GroupBy(one => one.Range, one => one.Port)
                .SelectMany(group => group.Key is null ? group : Joined(group));
            foreach (PublishedPort port in joined)
            {
                yield return port;
            }
            foreach (NftElement open in _elements[family.Open].Concat(_elements[family.OpenRanges])
                .Where(open => !translated.Contains(open.Key) && addresses.Contains(new IPAddress(open.Key.Bytes[..length]))))
            {
                ReadOnlySpan<byte> key = open.Key.Bytes[length..];
                yield return new PublishedPort(any, 0, BinaryPrimitives.ReadUInt16BigEndian(key[PartLength..]), (TransportProtocol)key[0])
                {
                    Count = CountOf(open),
                    Sources = SourcesOf(family, open.Key),
                };
            }
        }
    }

    /// <summary>Whether an element leads port 53 of an address in one of some subnets to the name server.</summary>
    private static bool IsNameServerOf(NftElement element, IPNetwork[] subnets)
    {
        IPAddress host = new(element.Key.Bytes[..^(2 * PartLength)]);
        return Array.Exists(subnets, subnet => subnet.Contains(host))
            && Array.Exists(NetworkElements.NameProtocols, protocol => element.Key == NetworkElements.Names(host, protocol).Key
                && element.Data == NetworkElements.Names(host, protocol).Data);
    }

    /// <summary>Joins the ports of one range that stand one by one in the maps.</summary>
    private static IEnumerable<PublishedPort> Joined(IEnumerable<PublishedPort> ports) =>
        PublishedPort.Join(ports.OrderBy(port => $"{port.HostAddress}", StringComparer.Ordinal).ThenBy(port => port.HostPort));

    /// <summary>The range element that lets a container's port in; null if the port has an element of its own.</summary>
    private NftElement? OpenRangeOf(FamilySets family, NftValue inside) => _elements[family.OpenRanges].FirstOrDefault(range =>
        range.KeyEnd is { } end && NftValueOrder.Instance.Compare(range.Key, inside) <= 0 && NftValueOrder.Instance.Compare(inside, end) <= 0);

    /// <summary>The number of ports of an element. Its key ends in the port and 2 bytes of padding.</summary>
    private static int CountOf(NftElement element) => element.KeyEnd is { } last
        ? BinaryPrimitives.ReadUInt16BigEndian(last.Bytes[^PartLength..]) - BinaryPrimitives.ReadUInt16BigEndian(element.Key.Bytes[^PartLength..]) + 1
        : 1;

    /// <summary>The translations of an endpoint's host ports, and whether they are for every address.</summary>
    private IEnumerable<(NftElement Element, bool IsWildcard)> TargetsOf(FamilySets family, string owner) =>
        from map in new (string Set, bool IsWildcard)[] { (family.PublishAny, true), (family.PublishRanges, true), (family.Publish, false) }
        from element in _elements[map.Set]
        where element.Data is not null && string.Equals(element.Comment, owner, StringComparison.Ordinal)
        select (element, map.IsWildcard);

    private bool Has(string set, NftValue key) => _elements[set].Any(element => element.Key == key);

    private GatewayMode ModeOf(InterfaceName device, FamilySets family, bool isInternal)
    {
        NftValue key = new NftKey().Part([(byte)family.Family]).Interface(device).ToValue();
        NftVerdict? verdict = _elements[FirewallLayout.Inbound].FirstOrDefault(element => element.Key == key)?.Verdict;
        return isInternal ? GatewayMode.Nat : NetworkElements.ModeOf(verdict);
    }

    private IPAddress? SourceOf(IEnumerable<IPNetwork> subnets, FamilySets family) => (
        from subnet in subnets
        where FamilySets.Of(subnet.BaseAddress) == family
        from element in _elements[family.Sources]
        where element.Key == NftValue.Address(subnet.BaseAddress) && element.Data is not null
        select new IPAddress(element.Data!.Value.Bytes)).FirstOrDefault();

    private IEnumerable<IPNetwork> HomesOf(InterfaceName device, FamilySets family) =>
        from element in _elements[family.Homes]
        where element.KeyEnd is not null && NameOf(element.Key).Equals(device)
        select RangeOf(element.Key.Bytes[NameLength..], element.KeyEnd!.Value.Bytes[NameLength..]);

    private IEnumerable<InterfaceName> TrustedOf(IPNetwork[] subnets) =>
        from subnet in subnets
        from element in _elements[FamilySets.Of(subnet.BaseAddress).Trusted]
        where element.KeyEnd is not null && RangeOf(element.Key.Bytes[NameLength..], element.KeyEnd!.Value.Bytes[NameLength..]).Equals(subnet)
        select NameOf(element.Key);

    private ValueList<IPNetwork> SourcesOf(FamilySets family, NftValue inside) => ValueList.From(
        from element in _elements[family.Admitted]
        where element.KeyEnd is not null && element.Key.Bytes.EndsWith(inside.Bytes)
        let length = element.Key.Length - inside.Length
        select RangeOf(element.Key.Bytes[..length], element.KeyEnd!.Value.Bytes[..length]));

    private static InterfaceName NameOf(NftValue key)
    {
        ReadOnlySpan<byte> name = key.Bytes[..NameLength];
        int end = name.IndexOf((byte)0);
        return InterfaceName.Parse(Encoding.UTF8.GetString(end < 0 ? name : name[..end]));
    }

    /// <summary>The subnet from its first address to its last.</summary>
    private static IPNetwork RangeOf(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last)
    {
        int prefix = 0;
        while (prefix < first.Length * 8 && ((first[prefix / 8] ^ last[prefix / 8]) >> (7 - (prefix % 8)) & 1) == 0)
        {
            prefix++;
        }
        return new IPNetwork(new IPAddress(first), prefix);
    }
}
