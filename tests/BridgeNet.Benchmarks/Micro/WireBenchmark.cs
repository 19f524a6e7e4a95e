using System.Net;

using BenchmarkDotNet.Attributes;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;

namespace BridgeNet.Benchmarks.Micro;

/// <summary>What the wire costs beside the kernel: the messages of an attach, written; nothing may be allocated.</summary>
[MemoryDiagnoser]
public class WireBenchmark
{
    private readonly NetlinkWriter _writer = new();
    private readonly NetlinkWriter _written = new();
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

    /// <summary>Every attribute of every message, as a reader takes them.</summary>
    [Benchmark]
    public int Read_the_messages_of_an_attach()
    {
        int bytes = 0;
        foreach (NetlinkMessage message in new NetlinkDatagram(_written.Written))
        {
            AttributeList attributes = message.Type switch
            {
                RtnetlinkType.NewAddress => message.Attributes<Ifaddrmsg>(),
                RtnetlinkType.NewRoute => message.Attributes<Rtmsg>(),
                _ => message.Attributes<Ifinfomsg>(),
            };
            foreach (AttributeReader attribute in attributes)
            {
                bytes += attribute.Value.Length;
            }
        }
        return bytes;
    }

    [GlobalSetup]
    public void Setup() => Write(_written);

    [Benchmark]
    public int Write_the_messages_of_an_attach() => Write(_writer);

    private int Write(NetlinkWriter writer)
    {
        writer.Clear();
        using (writer.Message(RtnetlinkType.NewLink, NetlinkFlags.Create))
        {
            _veth.WriteCreation(writer);
        }
        using (writer.Message(RtnetlinkType.NewAddress, NetlinkFlags.Create))
        {
            _address.Write(writer);
        }
        using (writer.Message(RtnetlinkType.NewLink, NetlinkFlags.None))
        {
            _up.Write(writer, LinkSelector.ByIndex(2));
        }
        using (writer.Message(RtnetlinkType.NewRoute, NetlinkFlags.Create))
        {
            _route.Write(writer);
        }
        return writer.Length;
    }
}
