namespace BridgeNet.Firewall;

/// <summary>Describes obstacles for people.</summary>
internal static class ForeignForwards
{
    /// <summary>Where packets are stopped, why, and the remedy.</summary>
    public static ForeignForward Describe(this ForeignObstacle obstacle, ForwardedBridge bridge) => new()
    {
        Table = obstacle.Table.ToString(),
        Chain = obstacle.Entrance.Name,
        Why = obstacle.Why,
        Remedy = ForeignRemedy.For(obstacle.Table, obstacle.Entrance, bridge),
    };
}
