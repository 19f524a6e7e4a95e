using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Firewall;

/// <summary>A chain of somebody else's that stops packets of a bridge.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Entrance">The chain that packets enter.</param>
/// <param name="Why">What stops which packets.</param>
internal sealed record ForeignObstacle(ForeignTable Table, NftChain Entrance, string Why)
{
    private static readonly NftFamily[] s_families = [NftFamily.IPv4, NftFamily.IPv6];

    /// <summary>Those among some tables.</summary>
    /// <remarks>
    /// Only what is sure is counted: a rule lets packets pass, or stops them, if it asks nothing but the bridge's name, the connection's
    /// state or that its destination was translated. What a rule does to some packets, of one address or port, counts neither way.
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

    /// <summary>As it is told to people.</summary>
    public ForeignForward Describe(ForwardedBridge bridge) => new()
    {
        Table = Table.ToString(),
        Chain = Entrance.Name,
        Why = Why,
        Remedy = ForeignRemedy.For(Table, Entrance, bridge),
    };

    private static string? Explain(ForeignTable table, NftChain entrance, ForwardedBridge bridge)
    {
        (string What, ForwardDirection Direction)[] stopped =
        [
            .. from family in s_families
               where table.Id.Family == family || table.Id.Family is NftFamily.Inet
               where family is NftFamily.IPv4 ? bridge.HasIPv4 : bridge.HasIPv6
               from direction in Enum.GetValues<ForwardDirection>()
               let obstacle = new ForwardWalk(table, new ForwardSample(bridge, direction, family)).ObstacleFrom(entrance)
               where obstacle is not null
               select (obstacle, direction),
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
        return string.Join(", ", words);
    }
}
