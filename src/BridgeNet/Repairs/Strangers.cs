using BridgeNet.Netlink.Route;
using BridgeNet.State;

namespace BridgeNet.Repairs;

/// <summary>Links of BridgeNet's that no record of this state directory knows: another directory has them, or their records are lost.</summary>
internal static class Strangers
{
    /// <summary>A line each for those that are there. What the tables hold for them is not this directory's to delete.</summary>
    /// <param name="route">Of the host's namespace.</param>
    /// <param name="state">The directory.</param>
    public static IReadOnlyList<string> Of(RouteSocket route, StateDirectory state)
    {
        (Link Link, string Id, string Name)[] made =
        [
            .. from link in route.ListLinks(hasStatistics: false)
               where link.Kind is BridgeKind or VethKind
               let alias = KernelAlias.Read(link.Alias)
               where alias is not null
               select (link, alias.Value.Id, alias.Value.Name),
        ];
        HashSet<string> networks = new(state.Networks.All().Select(network => network.Record.Id), StringComparer.Ordinal);
        return
        [
            .. from one in made
               let isBridge = one.Link.Kind is BridgeKind
               where isBridge ? !networks.Contains(one.Id) && !state.Networks.Exists(one.Name) : !state.Endpoints.Exists(one.Id)
               where route.TryGetIndex(one.Link.Name) == one.Link.Index // a record goes after its link, which may have gone meanwhile
               select $"{one.Link.Name} is of {(isBridge ? "network" : "endpoint")} {one.Name}, which has no record here, and keeps its rules: "
                   + "name the state directory that it is of, or make its record anew (BridgeDriver.Rebuild)",
        ];
    }
}
