using BridgeNet.TestKit;

namespace BridgeNet.Integration.Tests.Stories;

/// <summary>Each rule of the table does something that a packet notices.</summary>
public sealed class RuleDeletionTests
{
    public static TheoryData<string> Rules => [.. PacketCheck.All.Select(check => check.Rule)];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Without_the_rule_a_packet_goes_astray(string rule)
    {
        PacketCheck check = PacketCheck.All.Single(check => string.Equals(check.Rule, rule, StringComparison.Ordinal));
        using DriverWorld world = new();
        Func<TimeSpan, Task<bool>> passes = check.Arrange(world);

        bool with = await passes(Patience(check.Passes));
        TableRule.List(world.Host).Single(listed => string.Equals(listed.ToString(), rule, StringComparison.Ordinal)).Delete(world.Host);
        bool without = await passes(Patience(!check.Passes));

        with.Should().Be(check.Passes, "{0}", check.What);
        without.Should().Be(!check.Passes, "{0}", check.What);
    }

    [Fact]
    public void Every_rule_of_the_table_has_its_packet()
    {
        using DriverWorld world = new();

        TableRule.List(world.Host).Select(rule => rule.ToString()).Should().Equal(PacketCheck.All.Select(check => check.Rule));
    }

    private static TimeSpan Patience(bool passes) => passes ? Eventually.Soon : Asking.Briefly;
}
