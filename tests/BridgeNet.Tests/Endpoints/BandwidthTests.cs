namespace BridgeNet.Tests.Endpoints;

public sealed class BandwidthTests
{
    public static TheoryData<Bandwidth> Valid =>
    [
        new Bandwidth(),
        new Bandwidth { IngressRate = 1 },
        new Bandwidth { EgressRate = long.MaxValue, EgressBurst = uint.MaxValue },
        new Bandwidth { IngressRate = 8_000_000, IngressBurst = 1, EgressRate = 1_000 },
    ];

    public static TheoryData<Bandwidth, string> Invalid => new()
    {
        { new Bandwidth { IngressRate = 0 }, "IngressRate: 0 bits per second is not more than 0: leave it out*" },
        { new Bandwidth { EgressRate = -5 }, "EgressRate: -5 bits*" },
        { new Bandwidth { IngressRate = 1, IngressBurst = 0 }, "IngressBurst: 0 bytes is not from 1 to 4294967295" },
        { new Bandwidth { EgressRate = 1, EgressBurst = uint.MaxValue + 1L }, "EgressBurst: 4294967296 bytes is not*" },
        { new Bandwidth { IngressRate = 1, EgressBurst = 9_000 }, "EgressBurst: 9000 bytes without a rate*set Bandwidth.EgressRate too" },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_can_be_is_taken(Bandwidth bandwidth) => bandwidth.Invoking(value => value.Validate()).Should().NotThrow();

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_cannot_be_is_named(Bandwidth bandwidth, string message) =>
        bandwidth.Invoking(value => value.Validate()).Should().Throw<ConfigurationException>().WithMessage(message);
}
