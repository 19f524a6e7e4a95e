namespace BridgeNet.Definitions;

/// <summary>What each gateway mode means. The verdict on connections into such a network stands in NetworkElements.</summary>
internal static class GatewayModes
{
    private static readonly GatewayModeTraits[] s_modes =
    [
        new(GatewayMode.Nat, "nat", IsTranslated: true, IsGuarded: true, HasGateway: true),
        new(GatewayMode.NatUnprotected, "nat-unprotected", IsTranslated: true, IsGuarded: false, HasGateway: true),
        new(GatewayMode.Routed, "routed", IsTranslated: false, IsGuarded: false, HasGateway: true),
        new(GatewayMode.Isolated, "isolated", IsTranslated: false, IsGuarded: false, HasGateway: false),
    ];

    /// <summary>What a mode means.</summary>
    public static GatewayModeTraits Of(GatewayMode mode) => s_modes[(int)mode];

    /// <summary>A mode's name.</summary>
    public static string NameOf(GatewayMode mode) => Of(mode).Name;

    /// <summary>The mode of a name.</summary>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public static GatewayMode Parse(string name) =>
        Array.Find(s_modes, known => string.Equals(known.Name, name, StringComparison.Ordinal))?.Mode
            ?? throw new FormatException($"'{name}' is not a gateway mode: {string.Join(", ", s_modes.Select(known => known.Name))}");
}
