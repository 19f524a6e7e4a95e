namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>Each rule of the tables does something that a packet notices.</summary>
public sealed class RuleDeletionTests
{
    public static TheoryData<string> Rules => [.. PacketCheck.All.Select(check => check.Rule)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Without_the_rule_a_packet_goes_astray(string rule)
    {
        PacketCheck check = PacketCheck.All.Single(check => string.Equals(check.Rule, rule, StringComparison.Ordinal));
        using DriverWorld world = new(RuleNetworks.Docker0);
        Func<TimeSpan, Task<bool>> happens = check.Arrange(world);

        bool with = await happens(Asking.Patience(check.Happens));
        TableRule.List(world.Host).Single(listed => string.Equals(listed.ToString(), rule, StringComparison.Ordinal)).Delete(world.Host);
        bool without = await happens(Asking.Patience(!check.Happens));

        (with, without).Should().Be((check.Happens, !check.Happens), "with the rule and without it: {0}", check.What);
    }

    [Fact]
    public void Every_rule_of_the_tables_has_its_packet()
    {
        using DriverWorld world = new();

        TableRule.List(world.Host).Select(rule => rule.ToString()).Should().Equal(PacketCheck.All.Select(check => check.Rule));
    }
}
