using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Wire;
using CsCheck;

namespace BridgeNet.Netlink.Tests;

public sealed class RouteCodecTests
{
    [Fact]
    public void A_link_reads_back_as_it_was_written() =>
        RouteGens.Link.Sample(link => Read(link.WriteCreation, message => new Link(message)).Should().Be(link));

    [Fact]
    public void The_settings_of_a_link_read_back_as_they_were_written() =>
        Gen.Select(RouteGens.Text.Null(), Gen.Enum<Ipv6AddressGeneration>().Nullable(), RouteGens.Port.Null())
            .Sample((alias, generation, port) =>
            {
                Link read = Read(
                    writer =>
                    {
                        LinkSelector.ByIndex(7).WriteHeader(writer);
                        Link.WriteSettings(writer, alias, generation, port);
                    },
                    message => new Link(message));

                read.Should().Be(new Link { Index = 7, Alias = alias, Ipv6AddressGeneration = generation, BridgePort = port });
            });

    [Fact]
    public void A_change_reads_back_as_the_link_that_it_makes() =>
        Gen.Select(RouteGens.Name, RouteGens.Mac.Nullable(), RouteGens.Port.Null(), Gen.Int.Nullable().Array[2], Gen.UInt.Nullable(), Gen.Bool)
            .Sample((name, mac, port, numbers, group, isUp) =>
            {
                (int? mtu, int? queue) = (numbers[0], numbers[1]);
                LinkChange change = new()
                {
                    IsUp = isUp,
                    Name = name,
                    MacAddress = mac,
                    Mtu = mtu,
                    TxQueueLength = queue,
                    Group = group,
                    BridgePort = port,
                };

                Link read = Read(writer => change.Write(writer, LinkSelector.ByIndex(7)), message => new Link(message));

                read.Should().Be(new Link
                {
                    Index = 7,
                    IsUp = isUp,
                    Name = name,
                    MacAddress = mac,
                    Mtu = mtu,
                    TxQueueLength = queue,
                    Group = group,
                    BridgePort = port,
                });
            });

    [Fact]
    public void An_address_reads_back_as_it_was_written() =>
        RouteGens.Address.Sample(address => Read(address.Write, message => new LinkAddress(message)).Should().Be(address));

    [Fact]
    public void A_route_reads_back_as_it_was_written() =>
        RouteGens.Route.Sample(route => Read(writer => route.Write(writer), message => new IPRoute(message)).Should().Be(route));

    [Fact]
    public void A_rule_reads_back_as_it_was_written() =>
        RouteGens.Rule.Sample(rule => Read(rule.Write, message => new RoutingRule(message)).Should().Be(rule));

    [Fact]
    public void A_neighbour_reads_back_as_it_was_written() =>
        RouteGens.Neighbour.Sample(neighbour => Read(neighbour.Write, message => new Neighbour(message)).Should().Be(neighbour));

    [Fact]
    public void What_is_only_read_is_read()
    {
        Link read = Read(
            writer =>
            {
                writer.WriteHeader(new Ifinfomsg { Index = 7 });
                writer.WriteByte(Ifla.OperationalState, (byte)OperationalState.LowerLayerDown);
                writer.WriteByte(Ifla.Carrier, 1);
                writer.WriteInt32(Ifla.LinkNamespaceId, 3);
                writer.WriteBytes(Ifla.Statistics, [.. Enumerable.Range(1, 25).SelectMany(i => BitConverter.GetBytes((ulong)i))]);
            },
            message => new Link(message));

        read.Should().Be(new Link
        {
            Index = 7,
            OperationalState = OperationalState.LowerLayerDown,
            IsCarrierUp = true,
            PeerNamespaceId = 3,
            Statistics = new LinkStatistics(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        });
    }

    [Fact]
    public void Attributes_that_are_not_known_are_passed_over() =>
        RouteGens.Link.Sample(link => Read(
            writer =>
            {
                link.WriteCreation(writer);
                writer.WriteUInt32(16_000, 1);
                using (writer.Nest(16_001))
                {
                    writer.WriteFlag(1);
                }
            },
            message => new Link(message)).Should().Be(link));

    [Fact]
    public void A_link_with_an_address_of_another_kind_has_no_MAC_address() =>
        Read(
            writer =>
            {
                writer.WriteHeader(new Ifinfomsg { Index = 7 });
                writer.WriteBytes(Ifla.Address, [192, 0, 2, 1]);
            },
            message => new Link(message)).Should().Be(new Link { Index = 7 });

    [Fact]
    public void Of_a_route_with_several_next_steps_the_first_is_read()
    {
        IPRoute route = Read(
            writer =>
            {
                writer.WriteHeader(new Rtmsg { Family = RouteFamily.IPv4, Type = RouteType.Unicast });
                writer.WriteBytes(Rta.Multipath, [
                    16, 0, 0, 0, 5, 0, 0, 0, 8, 0, 5, 0, 10, 0, 0, 1,
                    16, 0, 0, 0, 6, 0, 0, 0, 8, 0, 5, 0, 10, 0, 0, 2]);
            },
            message => new IPRoute(message));

        route.OutputInterface.Should().Be(5);
        route.Gateway.Should().Be(System.Net.IPAddress.Parse("10.0.0.1"));
    }

    [Fact]
    public void A_time_that_no_number_holds_is_refused()
    {
        Action negative = () => Write(new BridgeKind { ForwardDelay = TimeSpan.FromSeconds(-1) });
        Action long_ = () => Write(new BridgeKind { AgeingTime = TimeSpan.FromDays(500) });

        negative.Should().Throw<NetlinkFormatException>();
        long_.Should().Throw<NetlinkFormatException>();

        static void Write(BridgeKind kind) => kind.Write(new NetlinkWriter());
    }

    private static T Read<T>(Action<NetlinkWriter> write, NetlinkSocket.AnswerReader<T> read)
    {
        NetlinkWriter writer = new();
        using (writer.Message(1, NetlinkFlags.None))
        {
            write(writer);
        }
        return read(new NetlinkMessage(writer.Written));
    }
}
