namespace BridgeNet.Integration.Tests.Stories.Rules;

/// <summary>
/// What a rule of the tables is for: something that comes about with the rule and not without it, or the other way round. Mostly that is a
/// packet that arrives, for the rules that count a number that grows.
/// </summary>
/// <param name="Rule">The rule, as <see cref="TableRule.ToString"/> has it.</param>
/// <param name="What">What it is, in words.</param>
/// <param name="Happens">Whether it is to come about.</param>
/// <param name="Arrange">Sets the scene; the result tries it and says whether it came about within a time.</param>
internal sealed record PacketCheck(string Rule, string What, bool Happens, Func<DriverWorld, Func<TimeSpan, Task<bool>>> Arrange)
{
    /// <summary>One for each rule, in the order of the tables.</summary>
    public static IReadOnlyList<PacketCheck> All { get; } =
    [
        .. GuardChecks.All,
        .. CountingChecks.Replies,
        .. PublishedChecks.All,
        .. ForwardChecks.All,
        .. GatewayModeChecks.All,
        .. InvalidChecks.HostResets,
        .. CountingChecks.Requests,
        .. PostroutingChecks.All,
        .. SpoofChecks.All,
    ];

    /// <summary>What comes about thanks to the rule.</summary>
    public static PacketCheck Let(string rule, string what, Func<DriverWorld, Func<TimeSpan, Task<bool>>> arrange) =>
        new(rule, what, Happens: true, arrange);

    /// <summary>What the rule prevents.</summary>
    public static PacketCheck Stop(string rule, string what, Func<DriverWorld, Func<TimeSpan, Task<bool>>> arrange) =>
        new(rule, what, Happens: false, arrange);

    public override string ToString() => Rule;
}
