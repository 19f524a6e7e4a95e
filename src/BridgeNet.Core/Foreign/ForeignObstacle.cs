using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Core.Foreign;

/// <summary>A foreign chain that drops or rejects containers' packets.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Entrance">The chain that packets enter.</param>
/// <param name="Why">What stops which packets.</param>
internal sealed record ForeignObstacle(ForeignTable Table, NftChain Entrance, string Why)
{
    private static readonly NftFamily[] s_families = [NftFamily.IPv4, NftFamily.IPv6];

    /// <summary>Finds the obstacles among some tables.</summary>
    /// <remarks>
    /// Only rules whose effect is certain count: those that match nothing but the bridge's name, the connection's state, or whether its destination
    /// was translated. A rule for some packets, of one address or port, counts neither way.
    /// </remarks>
    public static IReadOnlyList<ForeignObstacle> Find(IEnumerable<ForeignTable> tables, ForwardedBridge bridge)
    {
        List<ForeignObstacle> obstacles = [];
        foreach (ForeignTable table in tables)
        {
            foreach (NftChain entrance in table.Entrances)
            {
                if (Explain(table, entrance, bridge) is { } why)
                {
                    obstacles.Add(new ForeignObstacle(table, entrance, why));
                }
            }
        }
        return obstacles;
    }

    /// <summary>What a chain stops of a family's packets, in words, with their direction; empty if all pass.</summary>
    /// <param name="table">The chain's table.</param>
    /// <param name="entrance">The chain.</param>
    /// <param name="bridge">The bridge of the containers' network; null if it is not known.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    public static IEnumerable<(string What, ForwardDirection Direction)> Stopped(
        ForeignTable table, NftChain entrance, ForwardedBridge? bridge, NftFamily family) =>
        from direction in Enum.GetValues<ForwardDirection>()
        where direction is ForwardDirection.Between == bridge is { IsInternal: true }
        where !table.IsDormant && (table.Id.Family == family || table.Id.Family is NftFamily.Inet)
        let obstacle = new ForwardWalk(table, new ForwardSample(bridge, direction, family)).ObstacleFrom(entrance)
        where obstacle is not null
        select (obstacle, direction);

    private static string? Explain(ForeignTable table, NftChain entrance, ForwardedBridge bridge)
    {
        (string What, ForwardDirection Direction)[] stopped =
        [
            .. from family in s_families
               where family is NftFamily.IPv4 ? bridge.HasIPv4 : bridge.HasIPv6
               from one in Stopped(table, entrance, bridge, family)
               select one,
        ];
        return stopped.Length == 0
            ? null
            : string.Join("; ", stopped.GroupBy(static one => one.What, StringComparer.Ordinal)
                .Select(group => $"{group.Key}: {Packets([.. group.Select(static one => one.Direction)], bridge)}"));
    }

    private static string Packets(HashSet<ForwardDirection> directions, ForwardedBridge bridge)
    {
        List<string> words = [];
        if (directions.Contains(ForwardDirection.Into))
        {
            words.Add($"packets into {bridge.Device}");
        }
        else if (directions.Contains(ForwardDirection.AnswersInto))
        {
            words.Add($"answers into {bridge.Device}");
        }
        if (directions.Contains(ForwardDirection.OutOf))
        {
            words.Add($"packets out of {bridge.Device}");
        }
        else if (directions.Contains(ForwardDirection.AnswersOutOf))
        {
            words.Add($"answers out of {bridge.Device}");
        }
        if (directions.Contains(ForwardDirection.Between))
        {
            words.Add($"packets between containers of {bridge.Device}");
        }
        return string.Join(", ", words);
    }
}
