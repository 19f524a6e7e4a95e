using System.Net.Sockets;

namespace BridgeNet.Integration.Tests.Matrix;

/// <summary>A network as the matrix varies it.</summary>
/// <param name="Internal">Whether nothing passes between it and anywhere else.</param>
/// <param name="InterContainer">Whether its containers talk to each other.</param>
/// <param name="Masquerade">Whether the world sees its containers by the host's address.</param>
/// <param name="IPv4Mode">How it stands to the world by IPv4.</param>
/// <param name="IPv6Mode">How it stands to the world by IPv6.</param>
/// <param name="AtLoopback">Whether the port is published at 127.0.0.1 alone, not at every address.</param>
/// <param name="SourceNat">Whether the world sees its containers by an address that was chosen.</param>
/// <param name="Second">When its container comes to a second network.</param>
/// <param name="Host">What the host was like before.</param>
internal sealed record Setting(
    bool Internal,
    bool InterContainer,
    bool Masquerade,
    GatewayMode IPv4Mode,
    GatewayMode IPv6Mode,
    bool AtLoopback,
    bool SourceNat,
    SecondNetwork Second,
    HostState Host)
{
    private static readonly bool[] s_either = [false, true];

    /// <summary>
    /// Few settings that have every pair of values in them, of internal networks and of others, for being internal outweighs the rest.
    /// </summary>
    public static IReadOnlyList<Setting> Few { get; } = [.. Cover(All(isInternal: false)), .. Cover(All(isInternal: true))];

    /// <summary>Whether what the container sends into the world leaves by the second network.</summary>
    public bool IsSecondTheWayOut => Second is SecondNetwork.ComesFirst || (Internal && Second is SecondNetwork.ComesLater);

    private int[] Values =>
        [Number(InterContainer), Number(Masquerade), (int)IPv4Mode, (int)IPv6Mode, Number(AtLoopback), Number(SourceNat), (int)Second, (int)Host];

    private IEnumerable<(int First, int FirstValue, int Second, int SecondValue)> Pairs =>
        from first in Enumerable.Range(0, Values.Length)
        from second in Enumerable.Range(first + 1, Values.Length - first - 1)
        select (first, Values[first], second, Values[second]);

    public GatewayMode ModeOf(AddressFamily family) => family is AddressFamily.InterNetwork ? IPv4Mode : IPv6Mode;

    public override string ToString() =>
        $"{IPv4Mode} and {IPv6Mode}"
        + $"{(Internal ? ", internal" : "")}{(InterContainer ? "" : ", no icc")}{(Masquerade ? "" : ", no masquerade")}"
        + $"{(AtLoopback ? ", published at 127.0.0.1" : "")}{(SourceNat ? ", source address chosen" : "")}"
        + $"{(Second is SecondNetwork.None ? "" : $", second network: {Second}")}{(Host is HostState.Fresh ? "" : $", host: {Host}")}";

    /// <summary>All that can be: only internal networks are isolated, and none of them publishes.</summary>
    private static Setting[] All(bool isInternal) =>
    [
        .. from interContainer in s_either
           from masquerade in s_either
           from mode4 in Enum.GetValues<GatewayMode>()
           from mode6 in Enum.GetValues<GatewayMode>()
           from atLoopback in s_either
           from sourceNat in s_either
           from second in Enum.GetValues<SecondNetwork>()
           from host in Enum.GetValues<HostState>()
           where isInternal ? !atLoopback : mode4 is not GatewayMode.Isolated && mode6 is not GatewayMode.Isolated
           select new Setting(isInternal, interContainer, masquerade, mode4, mode6, atLoopback, sourceNat, second, host),
    ];

    /// <summary>Always the one next that has most of what is missing.</summary>
    private static List<Setting> Cover(Setting[] all)
    {
        HashSet<(int, int, int, int)> missing = [.. all.SelectMany(setting => setting.Pairs)];
        List<Setting> chosen = [];
        while (missing.Count > 0)
        {
            chosen.Add(all.MaxBy(setting => setting.Pairs.Count(missing.Contains))!);
            missing.ExceptWith(chosen[^1].Pairs);
        }
        return chosen;
    }

    private static int Number(bool value) => value ? 1 : 0;
}
