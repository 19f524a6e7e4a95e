using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Tests.Firewall;

namespace BridgeNet.Tests.Tables;

public sealed class RulesetRetryTests : IDisposable
{
    private static readonly NftTable s_wanted = new() { Id = new NftTableId(NftFamily.Inet, "wanted") };
    private static readonly NftTable s_others = new() { Id = new NftTableId(NftFamily.Inet, "others") };

    private readonly FirewallHost _host = new();
    private int _attempts;

    public void Dispose() => _host.Dispose();

    [Fact]
    public void A_change_is_begun_again_if_somebody_changed_the_ruleset_meanwhile()
    {
        RulesetRetry.Change(_host.Netfilter, transaction =>
        {
            transaction.CreateTable(s_wanted);
            if (++_attempts == 1)
            {
                ChangeByOthers();
            }
        });

        _attempts.Should().Be(2);
        _host.Netfilter.ListTables().Select(table => table.Id).Should().BeEquivalentTo([s_wanted.Id, s_others.Id]);
    }

    [Fact]
    public void A_change_without_changes_is_not_sent()
    {
        uint before = _host.Netfilter.Generation();

        RulesetRetry.Change(_host.Netfilter, _ => _attempts++);

        _attempts.Should().Be(1);
        _host.Netfilter.Generation().Should().Be(before);
    }

    [Fact]
    public void What_went_while_it_was_looked_at_is_looked_at_again()
    {
        RulesetRetry.Run(_host.Netfilter, _ => ++_attempts > 1 ? 7 : Missing()).Should().Be(7);

        int Missing()
        {
            ChangeByOthers();
            return _host.Netfilter.ListElements(s_wanted.Id, "absent").Count;
        }
    }

    [Fact]
    public void What_is_missing_for_good_is_an_answer()
    {
        FluentActions.Invoking(() => RulesetRetry.Run(_host.Netfilter, _ =>
        {
            _attempts++;
            return _host.Netfilter.ListElements(s_wanted.Id, "absent");
        })).Should().Throw<NetlinkException>().Which.Errno.Should().Be(Errno.ENOENT);

        _attempts.Should().Be(1);
    }

    [Fact]
    public void Who_has_no_turn_is_told_why()
    {
        NetlinkException error = FluentActions.Invoking(() => RulesetRetry.Change(_host.Netfilter, transaction =>
        {
            _attempts++;
            transaction.CreateTable(s_wanted);
            ChangeByOthers();
        })).Should().Throw<NetlinkException>().Which;

        _attempts.Should().Be(RulesetRetry.Attempts);
        error.Errno.Should().Be(Errno.ERESTART);
        error.Message.Should().Contain($"others changed the ruleset during each of {RulesetRetry.Attempts} attempts");
        _host.Netfilter.TryGetTable(s_wanted.Id).Should().BeNull();
    }

    [Fact]
    public void What_cannot_be_done_is_tried_again_only_if_the_ruleset_changed()
    {
        RulesetRetry.TryRun(_host.Netfilter, () => ++_attempts > 3 || ChangeByOthers()).Should().BeTrue();
        _attempts.Should().Be(4);

        RulesetRetry.TryRun(_host.Netfilter, () => ++_attempts < 0).Should().BeFalse();
        _attempts.Should().Be(5);
    }

    private bool ChangeByOthers()
    {
        _host.Netfilter.Transaction().AddTable(s_others).DeleteTable(s_others.Id).AddTable(s_others).Commit();
        return false;
    }
}
