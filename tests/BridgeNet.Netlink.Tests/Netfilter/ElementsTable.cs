using System.Net;
using System.Net.Sockets;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

/// <summary>Goldens/elements.nft in our words: every kind of set, element and object, with comments.</summary>
internal static class ElementsTable
{
    private static readonly NftTableId s_id = new(NftFamily.Inet, "sample");

    public static NftContent Content { get; } = new()
    {
        Table = new NftTable { Id = s_id, Comment = "a table" },
        Objects =
        [
            new NftCounter { Table = s_id, Name = "hits", Packets = 3, Bytes = 4, Comment = "a counter" },
            new NftQuota { Table = s_id, Name = "allowance", Bytes = 1000, Consumed = 10, Over = true },
        ],
        Sets =
        [
            new NftSet { Table = s_id, Name = "subnets", KeyTypes = [NftType.IPv4Address], Flags = NftSetFlags.Interval, Comment = "a set" },
            new NftSet { Table = s_id, Name = "subnets6", KeyTypes = [NftType.IPv6Address], Flags = NftSetFlags.Interval },
            new NftSet { Table = s_id, Name = "members", KeyTypes = [NftType.InterfaceName, NftType.InterfaceName] },
            new NftSet { Table = s_id, Name = "ranges", KeyTypes = [NftType.IPv4Address, NftType.Service], Flags = NftSetFlags.Interval, Size = 100 },
            new NftSet { Table = s_id, Name = "counted", KeyTypes = [NftType.EthernetAddress], HasCounters = true },
            new NftSet { Table = s_id, Name = "fading", KeyTypes = [NftType.Mark], Flags = NftSetFlags.Timeout },
            Map("publish", [NftType.IPv4Address, NftType.Protocol, NftType.Service], [NftType.IPv4Address, NftType.Service]),
            Map("publish6", [NftType.IPv6Address, NftType.Protocol, NftType.Service], [NftType.IPv6Address, NftType.Service]),
            Map("marks", [NftType.InterfaceName], [NftType.Mark]),
            Map("leave", [NftType.InterfaceName], [NftType.Verdict]),
        ],
        Elements =
        [
            .. NftElement.Subnet(IPNetwork.Parse("172.17.0.0/16"), "docker0").Select(element => ("subnets", element)),
            .. NftElement.Subnet(IPNetwork.Parse("10.1.0.0/16")).Select(element => ("subnets", element)),
            .. NftElement.Subnet(IPNetwork.Parse("255.255.255.255/32")).Select(element => ("subnets", element)),
            .. NftElement.Subnet(IPNetwork.Parse("fd00:17::/64"), "docker0").Select(element => ("subnets6", element)),
            ("members", new NftElement { Key = new NftKey().Interface(Name("docker0")).Interface(Name("docker0")).ToValue(), Comment = "bridge" }),
            ("ranges", new NftElement
            {
                Key = new NftKey().Address(IPAddress.Parse("10.0.0.0")).Port(80).ToValue(),
                KeyEnd = new NftKey().Address(IPAddress.Parse("10.255.255.255")).Port(90).ToValue(),
                Comment = "web",
            }),
            ("counted", new NftElement
            {
                Key = NftValue.Mac(MacAddress.Parse("02:42:ac:11:00:02")),
                Counter = new CounterExpression { Packets = 1, Bytes = 2 },
            }),
            ("fading", new NftElement { Key = NftValue.UInt32(5) }),
            ("publish", Published("127.0.0.1", ProtocolType.Tcp, 8080, "172.17.0.2", 80) with { Comment = "web" }),
            ("publish6", Published("::1", ProtocolType.Udp, 53, "fd00:17::2", 53)),
            ("marks", new NftElement { Key = NftValue.Interface(Name("docker0")), Data = NftValue.UInt32(7) }),
            ("leave", new NftElement { Key = NftValue.Interface(Name("docker0")), Verdict = NftVerdict.Jump("published"), Comment = "web" }),
            ("leave", new NftElement { Key = NftValue.Interface(Name("br1")), Verdict = NftVerdict.Drop }),
            ("leave", new NftElement { Key = default, Verdict = NftVerdict.Accept }),
        ],
        Chains = [new NftChain { Table = s_id, Name = "published", Comment = "a chain" }],
    };

    private static NftSet Map(string name, ValueList<NftType> keys, ValueList<NftType> data) =>
        new() { Table = s_id, Name = name, KeyTypes = keys, DataTypes = data };

    private static NftElement Published(string host, ProtocolType protocol, ushort hostPort, string target, ushort port) => new()
    {
        Key = new NftKey().Address(IPAddress.Parse(host)).Protocol(protocol).Port(hostPort).ToValue(),
        Data = new NftKey().Address(IPAddress.Parse(target)).Port(port).ToValue(),
    };

    private static InterfaceName Name(string name) => InterfaceName.Parse(name);
}
