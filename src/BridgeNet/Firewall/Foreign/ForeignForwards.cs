namespace BridgeNet.Firewall;

/// <summary>Obstacles as people are told of them.</summary>
internal static class ForeignForwards
{
    /// <summary>Where packets are stopped and why, and what lets them through.</summary>
    public static ForeignForward Describe(this ForeignObstacle obstacle, ForwardedBridge bridge) => new()
    {
        Table = obstacle.Table.ToString(),
        Chain = obstacle.Entrance.Name,
        Why = obstacle.Why,
        Remedy = ForeignRemedy.For(obstacle.Table, obstacle.Entrance, bridge),
    };
}
