using System.Net;
using System.Net.Sockets;
using BridgeNet.Native;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Netlink.Tests.Netfilter;

public class NftTransactionTests
{
    private static readonly NftTableId s_id = new(NftFamily.Inet, "sample");
    private static readonly NftTable s_table = new() { Id = s_id };
    private static readonly NftChain s_chain = new() { Table = s_id, Name = "first" };
    private static readonly NftSet s_ports = new() { Table = s_id, Name = "ports", KeyTypes = [NftType.Service] };

    private static readonly NftSet s_publish = new()
    {
        Table = s_id,
        Name = "publish",
        KeyTypes = [NftType.IPv4Address, NftType.Protocol, NftType.Service],
        DataTypes = [NftType.IPv4Address, NftType.Service],
    };

    [Fact]
    public void A_transaction_that_fails_leaves_nothing()
    {
        using NftHost host = new();

        FluentActions.Invoking(() => host.Socket.Transaction().CreateTable(s_table).AddChain(s_chain).DeleteSet(s_id, "absent").Commit())
            .Should().Throw<NetlinkException>();

        host.Socket.ListTables().Should().BeEmpty();
    }

    [Fact]
    public void What_is_asked_while_a_transaction_is_written_leaves_it_whole()
    {
        using NftHost host = new();

        NftTransaction transaction = host.Socket.Transaction().CreateTable(s_table).CreateSet(s_ports);
        host.Socket.ListTables().Should().BeEmpty();
        transaction.AddElements(s_id, "ports", [Port(80)]);
        host.Socket.TryGetTable(s_id).Should().BeNull();
        transaction.Commit();

        host.Socket.ListElements(s_id, "ports").Should().Equal(Port(80));
    }

    [Fact]
    public void Two_transactions_of_a_socket_are_written_side_by_side()
    {
        using NftHost host = new();
        NftTableId other = new(NftFamily.IPv4, "other");

        NftTransaction first = host.Socket.Transaction().CreateTable(s_table);
        NftTransaction second = host.Socket.Transaction().CreateTable(new NftTable { Id = other });
        first.CreateSet(s_ports).Commit();
        second.Commit();

        host.Socket.ListTables().Select(table => table.Id).Should().BeEquivalentTo([s_id, other]);
        host.Socket.ListSets(s_id).Should().ContainSingle();
    }

    [Fact]
    public void A_failure_is_named_though_something_else_was_asked_meanwhile()
    {
        using NftHost host = new();

        NftTransaction transaction = host.Socket.Transaction().CreateTable(s_table).DeleteSet(s_id, "absent");
        _ = host.Socket.Generation();

        FluentActions.Invoking(transaction.Commit).Should().Throw<NetlinkException>().WithMessage("delete set inet sample/absent*");
        host.Socket.ListTables().Should().BeEmpty();
    }

    [Fact]
    public void A_transaction_is_committed_once()
    {
        using NftHost host = new();
        NftTransaction transaction = host.Socket.Transaction().CreateTable(s_table);
        transaction.Commit();

        FluentActions.Invoking(transaction.Commit).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => transaction.DeleteTable(s_id)).Should().Throw<InvalidOperationException>();
        host.Socket.ListTables().Should().ContainSingle();
    }

    [Fact]
    public void A_failure_names_the_change_that_failed()
    {
        using NftHost host = new();
        host.Socket.Transaction().CreateTable(s_table).CreateSet(s_ports).AddElements(s_id, "ports", [Port(80)]).Commit();

        NetlinkException error = FluentActions.Invoking(() => host.Socket.Transaction()
                .AddChain(s_chain)
                .AddElements(s_id, "ports", [Port(81), Port(80)], exclusive: true)
                .AddRule(s_chain.Rule().Accept())
                .Commit())
            .Should().Throw<NetlinkException>().Which;

        error.Errno.Should().Be(Errno.EEXIST);
        error.Operation.Should().Be("add 2 elements to inet sample/ports");
        host.Socket.ListElements(s_id, "ports").Should().Equal(Port(80));
    }

    [Fact]
    public void What_is_there_already_is_no_failure_unless_it_is_asked_for()
    {
        using NftHost host = new();
        host.Socket.Transaction().CreateTable(s_table).CreateChain(s_chain).CreateSet(s_ports).Commit();

        host.Socket.Transaction().AddTable(s_table).AddChain(s_chain).AddSet(s_ports).Commit();

        Errno Create(Func<NftTransaction> transaction) =>
            FluentActions.Invoking(() => transaction().Commit()).Should().Throw<NetlinkException>().Which.Errno;
        Create(() => host.Socket.Transaction().CreateTable(s_table)).Should().Be(Errno.EEXIST);
        Create(() => host.Socket.Transaction().CreateChain(s_chain)).Should().Be(Errno.EEXIST);
        Create(() => host.Socket.Transaction().CreateSet(s_ports)).Should().Be(Errno.EEXIST);
    }

    [Fact]
    public void A_key_has_one_datum()
    {
        using NftHost host = new();
        host.Socket.Transaction().CreateTable(s_table).CreateSet(s_publish).AddElements(s_id, "publish", [Published(80, "172.17.0.2")]).Commit();

        NetlinkException error = FluentActions
            .Invoking(() => host.Socket.Transaction().AddElements(s_id, "publish", [Published(80, "172.17.0.3")]).Commit())
            .Should().Throw<NetlinkException>().Which;

        error.Errno.Should().Be(Errno.EEXIST);
        error.Operation.Should().Be("add 1 element to inet sample/publish");
    }

    [Fact]
    public void A_transaction_takes_60000_elements()
    {
        using NftHost host = new();
        NftElement[] elements = [.. Enumerable.Range(1, 60_000).Select(
            port => Published((ushort)port, "172.17.0.2") with { Comment = $"endpoint {port}" })];

        host.Socket.Transaction().CreateTable(s_table).CreateSet(s_publish).AddElements(s_id, "publish", elements, exclusive: true).Commit();
        bool allThere = host.Socket.ListElements(s_id, "publish").ToHashSet().SetEquals(elements);
        host.Socket.Transaction().DeleteElements(s_id, "publish", elements).Commit();

        allThere.Should().BeTrue();
        host.Socket.ListElements(s_id, "publish").Should().BeEmpty();
    }

    [Fact]
    public void Of_60000_elements_the_one_that_is_there_fails_them_all()
    {
        using NftHost host = new();
        NftElement[] elements = [.. Enumerable.Range(1, 60_000).Select(port => Published((ushort)port, "172.17.0.2"))];
        host.Socket.Transaction().CreateTable(s_table).CreateSet(s_publish).AddElements(s_id, "publish", [elements[^1]]).Commit();

        NetlinkException error = FluentActions
            .Invoking(() => host.Socket.Transaction().AddElements(s_id, "publish", elements, exclusive: true).Commit())
            .Should().Throw<NetlinkException>().Which;

        error.Errno.Should().Be(Errno.EEXIST);
        error.Operation.Should().EndWith("elements to inet sample/publish");
        host.Socket.ListElements(s_id, "publish").Should().Equal(elements[^1]);
    }

    [Fact]
    public void A_socket_goes_on_after_a_failure()
    {
        using NftHost host = new();
        FluentActions.Invoking(() => host.Socket.Transaction().DeleteTable(s_id).DeleteTable(s_id).Commit()).Should().Throw<NetlinkException>();

        host.Socket.Transaction().CreateTable(s_table).Commit();

        host.Socket.TryGetTable(s_id).Should().NotBeNull();
    }

    [Fact]
    public void A_transaction_without_changes_asks_nothing()
    {
        using NftHost host = new();
        uint before = host.Socket.Generation();

        host.Socket.Transaction().AddElements(s_id, "absent", []).Commit();

        host.Socket.Generation().Should().Be(before);
    }

    [Fact]
    public void A_transaction_for_another_generation_is_refused()
    {
        using NftHost host = new();
        uint before = host.Socket.Generation();
        host.Socket.Transaction(before).CreateTable(s_table).Commit();

        Errno late = FluentActions.Invoking(() => host.Socket.Transaction(before).DeleteTable(s_id).Commit())
            .Should().Throw<NetlinkException>().Which.Errno;

        late.Should().Be(Errno.ERESTART);
        host.Socket.TryGetTable(s_id).Should().NotBeNull();
    }

    [Fact]
    public void Rules_are_appended_inserted_replaced_and_deleted()
    {
        using NftHost host = new();
        host.Socket.Transaction().CreateTable(s_table).CreateChain(s_chain)
            .AddRule(s_chain.Rule().Comment("second").Accept())
            .AddRule(s_chain.Rule().Comment("third").Accept())
            .InsertRule(s_chain.Rule().Comment("first").Accept())
            .Commit();
        IReadOnlyList<NftRule> rules = host.Socket.ListRules(s_id, "first");

        host.Socket.Transaction()
            .ReplaceRule(s_chain.Rule().Comment("new second").Drop() with { Handle = rules[1].Handle })
            .AddRule(s_chain.Rule().Comment("after first").Drop() with { Position = rules[0].Handle })
            .DeleteRule(s_id, "first", rules[2].Handle!.Value)
            .Commit();

        rules.Select(rule => rule.Comment).Should().Equal("first", "second", "third");
        host.Socket.ListRules(s_id, "first").Select(rule => rule.Comment).Should().Equal("first", "after first", "new second");
    }

    [Fact]
    public void Chains_and_sets_are_emptied_and_deleted()
    {
        using NftHost host = new();
        host.Socket.Transaction().CreateTable(s_table).CreateChain(s_chain).CreateSet(s_ports)
            .AddElements(s_id, "ports", [Port(80), Port(81)])
            .AddRule(s_chain.Rule().In("ports", NftField.TcpDestinationPort).Accept())
            .Commit();

        Errno used = FluentActions.Invoking(() => host.Socket.Transaction().DeleteSet(s_id, "ports").Commit())
            .Should().Throw<NetlinkException>().Which.Errno;
        host.Socket.Transaction().FlushSet(s_id, "ports").FlushChain(s_id, "first").Commit();
        int elements = host.Socket.ListElements(s_id, "ports").Count, rules = host.Socket.ListRules(s_id).Count;
        host.Socket.Transaction().DeleteSet(s_id, "ports").DeleteChain(s_id, "first").Commit();

        used.Should().Be(Errno.EBUSY);
        (elements, rules).Should().Be((0, 0));
        host.Socket.ListSets(s_id).Should().BeEmpty();
        host.Socket.ListChains(s_id).Should().BeEmpty();
    }

    [Fact]
    public void An_anonymous_set_ends_with_its_rule()
    {
        using NftHost host = new();
        NftSet set = new()
        {
            Table = s_id,
            Name = "__set%d",
            KeyTypes = [NftType.Service],
            Flags = NftSetFlags.Anonymous | NftSetFlags.Constant,
            Id = 1000,
        };
        NftRule rule = s_chain.Rule().In("__set%d", NftField.TcpDestinationPort).Accept();
        NftRule bound = rule with
        {
            Expressions = ValueList.From(rule.Expressions.Select(step => step is LookupExpression lookup ? lookup with { SetId = 1000 } : step)),
        };

        host.Socket.Transaction().CreateTable(s_table).CreateChain(s_chain).AddSet(set)
            .AddElements(s_id, "__set%d", [Port(80), Port(443)], setId: 1000).AddRule(bound).Commit();
        string listed = host.List("chain inet sample first");
        host.Socket.Transaction().FlushChain(s_id, "first").Commit();

        listed.Should().Contain("tcp dport { 80, 443 } accept");
        host.Socket.ListSets(s_id).Should().BeEmpty();
    }

    [Fact]
    public void What_is_not_there_is_null_or_none()
    {
        using NftHost host = new();
        host.Socket.Transaction().CreateTable(s_table).CreateSet(s_ports).AddElements(s_id, "ports", [Port(80)]).Commit();
        NftTableId absent = s_id with { Name = "absent" };

        host.Socket.TryGetElement(s_id, "ports", NftValue.Port(80)).Should().Be(Port(80));
        host.Socket.TryGetElement(s_id, "ports", NftValue.Port(81)).Should().BeNull();
        host.Socket.TryGetElement(s_id, "absent", NftValue.Port(81)).Should().BeNull();
        host.Socket.TryGetTable(absent).Should().BeNull();
        host.Socket.TryGetSet(s_id, "absent").Should().BeNull();
        host.Socket.ListChains(absent).Should().BeEmpty();
        host.Socket.ListRules(absent).Should().BeEmpty();
        host.Socket.ListSets(absent).Should().BeEmpty();
        host.Socket.ListObjects(absent).Should().BeEmpty();
        FluentActions.Invoking(() => host.Socket.ListElements(s_id, "absent"))
            .Should().Throw<NetlinkException>().Which.Operation.Should().Be("list all elements of inet sample/absent");
    }

    [Fact]
    public void Other_tables_and_families_are_left_out()
    {
        using NftHost host = new();
        NftTableId other = new(NftFamily.IPv4, "sample");
        host.Socket.Transaction().CreateTable(s_table).CreateChain(s_chain).CreateSet(s_ports)
            .CreateTable(new NftTable { Id = other }).CreateChain(s_chain with { Table = other }).AddRule(new NftRuleBuilder(other, "first").Accept())
            .Commit();

        host.Socket.ListChains(s_id).Should().ContainSingle().Which.Table.Should().Be(s_id);
        host.Socket.ListRules(s_id).Should().BeEmpty();
        host.Socket.ListSets(other).Should().BeEmpty();
        host.Socket.ListRules(other).Should().ContainSingle();
    }

    [Fact]
    public void An_expression_that_is_unknown_here_is_written_back_as_it_was_read()
    {
        using NftHost host = new();
        host.Load(
            "table ip sample { chain first { tcp option maxseg size 1400; meta mark set numgen inc mod 2; ip ttl set 3; meta mark set "
                + "meta mark << 2\n}\n}\n");
        NftTableId id = new(NftFamily.IPv4, "sample");
        IReadOnlyList<NftRule> rules = host.Socket.ListRules(id);
        string before = host.List("table ip sample");

        NftTransaction transaction = host.Socket.Transaction().FlushChain(id, "first");
        foreach (NftRule rule in rules)
        {
            transaction.AddRule(rule with { Position = null });
        }
        transaction.Commit();

        rules.SelectMany(rule => rule.Expressions).OfType<UnknownExpression>().Select(step => step.Kind).Distinct(StringComparer.Ordinal)
            .Should().Contain(["exthdr", "numgen", "payload", "bitwise"]);
        host.List("table ip sample").Should().Be(before);
    }

    private static NftElement Port(ushort port) => new() { Key = NftValue.Port(port) };

    private static NftElement Published(ushort port, string target) => new()
    {
        Key = new NftKey().Address(IPAddress.Loopback).Protocol(ProtocolType.Tcp).Port(port).ToValue(),
        Data = new NftKey().Address(IPAddress.Parse(target)).Port(port).ToValue(),
    };
}
