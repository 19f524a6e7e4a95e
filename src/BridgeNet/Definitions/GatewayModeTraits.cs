namespace BridgeNet.Definitions;

/// <summary>What a gateway mode means.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Name">Its name in records, which is Docker's.</param>
/// <param name="IsTranslated">
/// Whether the rules translate published ports and outgoing connections, and localhost reaches containers. If not, a published port only lets
/// packets to the container's own address in.
/// </param>
/// <param name="IsGuarded">Whether the rules drop packets from outside to a container's own address.</param>
/// <param name="HasGateway">Whether the bridge, or a router in its place, has an address.</param>
internal sealed record GatewayModeTraits(GatewayMode Mode, string Name, bool IsTranslated, bool IsGuarded, bool HasGateway);
