using System.Net.Sockets;

using BridgeNet.Integration.Tests.Stories;

namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>Who reaches what of a container, by the settings of its network: packets against the oracle.</summary>
public sealed class MatrixTests
{
    /// <summary>The settings by their texts.</summary>
    public static TheoryData<string> Settings { get; } = [.. Setting.Few.Select(setting => setting.ToString())];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Every_setting_answers_as_the_oracle_says(string network)
    {
        Setting setting = Setting.Few.Single(one => string.Equals(one.ToString(), network, StringComparison.Ordinal));
        using MatrixWorld world = new(setting);

        string?[] differences = await Task.WhenAll(
        [
            .. Cell.All.Select(cell => AskAsync(world, setting, cell)),
            .. new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 }.Select(family => CallAsync(world, setting, family)),
        ]);

        string?[] resets =
        [
            await ResetAsync(world, setting, AddressFamily.InterNetwork),
            await ResetAsync(world, setting, AddressFamily.InterNetworkV6), // once nobody has a connection that the host must not forget
        ];
        string.Join('\n', differences.Concat(resets).OfType<string>()).Should().BeEmpty($"every cell of \"{setting}\" is to agree");
    }

    [Fact]
    public void The_settings_have_every_value_and_differ()
    {
        Setting.Few.Should().HaveCountLessThan(40).And.OnlyHaveUniqueItems();
        foreach (Func<Setting, bool> isPresent in new Func<Setting, bool>[]
        {
            one => one is { Internal: true, InterContainer: false },
            one => one is { Internal: false, InterContainer: false, AtLoopback: true },
            one => one is { Internal: false, IPv4Mode: GatewayMode.Routed, IPv6Mode: GatewayMode.Nat },
            one => one is { Internal: false, Masquerade: true, SourceNat: true },
            one => one is { Internal: true, IPv4Mode: GatewayMode.Isolated, IPv6Mode: GatewayMode.Isolated },
            one => one is { Internal: true, Second: SecondNetwork.ComesLater },
            one => one is { Internal: false, IPv4Mode: GatewayMode.Nat, Second: SecondNetwork.ComesFirst },
            one => one is { IPv6Mode: GatewayMode.Routed, Host: HostState.StrictDefaults },
        })
        {
            Setting.Few.Should().Contain(one => isPresent(one));
        }
    }

    private static async Task<string?> AskAsync(MatrixWorld world, Setting setting, Cell cell)
    {
        bool expected = Oracle.Passes(setting, cell.From, cell.To, cell.Family);
        bool actual = await world.PassesAsync(cell, Asking.Patience(expected));
        return actual == expected ? null : $"{cell}: {Word(actual)}, not {Word(expected)}";
    }

    private static async Task<string?> CallAsync(MatrixWorld world, Setting setting, AddressFamily family)
    {
        Source expected = Oracle.SeenAs(setting, family);
        Source actual = await world.SeenAsAsync(family, Asking.Patience(expected is not Source.None));
        return actual == expected ? null : $"the container calls the world by {family}: seen as {actual}, not {expected}";
    }

    private static async Task<string?> ResetAsync(MatrixWorld world, Setting setting, AddressFamily family)
    {
        if (Oracle.SeenAs(setting, family) is Source.None)
        {
            return null; // no connection that it could reset
        }
        bool expected = Oracle.SeesLateReset(setting, family);
        bool actual = await world.SeesLateResetAsync(family, Asking.Patience(expected));
        return actual == expected ? null : $"a late reset by {family}: {(actual ? "seen" : "not seen")} by the world with the container's address";
    }

    private static string Word(bool answered) => answered ? "answered" : "silent";
}
