using System.Net;

using BenchmarkDotNet.Attributes;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Benchmarks;

/// <summary>What the wire costs beside the kernel: the messages of an attach, written; nothing may be allocated.</summary>
[MemoryDiagnoser]
public class WireBenchmark
{
    private readonly NetlinkWriter _writer = new();
    private readonly LinkAddress _address = new() { LinkIndex = 2, Address = InterfaceAddress.Parse("172.17.0.2/16") };
    private readonly IPRoute _route = IPRoute.Default(IPAddress.Parse("172.17.0.1")) with { OutputInterface = 2 };
    private readonly LinkChange _up = new() { IsUp = true };

    private readonly Link _veth = new()
    {
        Name = InterfaceName.Parse("veth0123456789"),
        Kind = new VethKind { Peer = new VethPeer { Name = InterfaceName.Parse("eth0"), MacAddress = MacAddress.Parse("02:42:ac:11:00:02") } },
        Master = 7,
        IsUp = true,
    };

    [Benchmark(Baseline = true)]
    public int Write_one_attribute()
    {
        _writer.Clear();
        _writer.WriteUInt32(1, 2);
        return _writer.Length;
    }

    [Benchmark]
    public int Write_the_messages_of_an_attach()
    {
        _writer.Clear();
        using (_writer.Message(RtnetlinkType.NewLink, NetlinkFlags.Create))
        {
            _veth.WriteCreation(_writer);
        }
        using (_writer.Message(RtnetlinkType.NewAddress, NetlinkFlags.Create))
        {
            _address.Write(_writer);
        }
        using (_writer.Message(RtnetlinkType.NewLink, NetlinkFlags.None))
        {
            _up.Write(_writer, LinkSelector.ByIndex(2));
        }
        using (_writer.Message(RtnetlinkType.NewRoute, NetlinkFlags.Create))
        {
            _route.Write(_writer);
        }
        return _writer.Length;
    }
}
