using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Probe;

/// <summary>
/// This process's own network namespace as the host, with docker0 and a state directory in memory. It uses the public API alone, so that the same
/// code measures other commits too.
/// </summary>
internal sealed class BenchHost : IDisposable
{
    private static readonly NftTableId s_rules = new(NftFamily.Inet, "bridgenet"), s_guard = new(NftFamily.Bridge, "bridgenet");

    public BenchHost()
    {
        using (RouteSocket route = RouteSocket.Open())
        {
            route.Batch().ChangeLink(LinkSelector.ByIndex(1), new LinkChange { IsUp = true }).Execute();
        }
        State = Path.Combine("/run", Path.GetRandomFileName());
        Driver = BridgeDriver.Open(new BridgeDriverOptions { StateDirectory = State });
        Network = Driver.EnsureNetwork(NetworkDefinition.Docker0);
    }

    /// <summary>The state directory.</summary>
    public string State { get; }

    public BridgeDriver Driver { get; }

    public Network Network { get; }

    /// <summary>Attaches a container that stays, with so many ports from a number on that follows from its own.</summary>
    public Endpoint Attach(NetworkNamespace sandbox, int number, int ports = 1) => Network.Attach(sandbox, Request(number, ports)).Endpoint;

    /// <summary>Attaches and detaches until the just-in-time compiler has nothing more to do.</summary>
    public void WarmUp()
    {
        using NetworkNamespace sandbox = NetworkNamespace.Create();
        for (int round = 0; round < 40; round++)
        {
            long methods = System.Runtime.JitInfo.GetCompiledMethodCount();
            for (int number = 0; number < 30; number++)
            {
                _ = Driver.Detach(Attach(sandbox, number).Id);
            }
            if (System.Runtime.JitInfo.GetCompiledMethodCount() - methods < 3)
            {
                return;
            }
        }
    }

    /// <summary>Removes both tables, as `nft flush ruleset` does.</summary>
    public static void Flush()
    {
        using NetfilterSocket netfilter = NetfilterSocket.Open();
        netfilter.Transaction().DeleteTable(s_rules).DeleteTable(s_guard).Commit();
    }

    /// <summary>What is asked for.</summary>
    public static EndpointRequest Request(int number, int ports = 1)
    {
        int first = 10_000 + (number * ports);
        PortRange published = PortRange.From(first, first + Math.Max(ports, 1) - 1), inside = ports == 1 ? PortRange.From(80, 80) : published;
        return new EndpointRequest
        {
            Name = $"e{number}",
            Keep = true,
            Publish = ports == 0 ? [] : [new PortSpec { HostAddress = IPAddress.Any, HostPorts = published, ContainerPorts = inside }],
        };
    }

    /// <summary>
    /// Checks that everything is there: the expected number of records, veths, ports, counters and guards, and the last container's address
    /// and default route.
    /// </summary>
    public string Check(int endpoints, int ports, NetworkNamespace? last)
    {
        using RouteSocket route = RouteSocket.Open();
        using NetfilterSocket netfilter = NetfilterSocket.Open();
        Demand("records", endpoints, Driver.Endpoints.Count);
        Demand("recorded ports", ports, Driver.Endpoints.Sum(endpoint => endpoint.Ports.Sum(port => port.Count)));
        Demand("veths", endpoints, route.ListLinks().Count(IsHostEnd));
        Demand("published ports", ports, PortsIn("publish_any4", "publish_ranges4"));
        Demand("opened ports", ports, PortsIn("open4", "open_ranges4"));
        Demand("counted ports", ports, PortsIn("traffic4", "traffic_ranges4"));
        Demand("guards", endpoints, netfilter.ListElements(s_guard, "ports").Count);
        if (last is not null)
        {
            using RouteSocket inside = last.Run(RouteSocket.Open);
            Demand(
                "addresses inside", 1, inside.ListAddresses().Count(one => one.Address.ToString().StartsWith("172.17.", StringComparison.Ordinal)));
            Demand("default routes inside", 1, inside.ListRoutes(AddressFamily.InterNetwork).Count(one => one.IsDefault));
        }
        return $"{endpoints} records, veths and guards, {ports} ports found, published, open and counted";

        int PortsIn(params string[] sets) => sets.SelectMany(set => netfilter.ListElements(s_rules, set)).Sum(CountOf);
    }

    public void Dispose()
    {
        _ = Driver.DetachMany([.. Driver.Endpoints.Select(endpoint => endpoint.Id)]);
        Driver.RemoveNetwork(Network.Name);
        Driver.Dispose();
        Directory.Delete(State, recursive: true);
    }

    private static bool IsHostEnd(Link link) =>
        link.Name.ToString().StartsWith("veth", StringComparison.Ordinal) && link.IsUp && link.Master is not null;

    /// <summary>A key ends in a port and 2 bytes of padding.</summary>
    private static int CountOf(NftElement element) => element.KeyEnd is { } last ? PortOf(last) - PortOf(element.Key) + 1 : 1;

    private static int PortOf(NftValue key) => BinaryPrimitives.ReadUInt16BigEndian(key.Bytes[^4..]);

    private static void Demand(string what, int wanted, int there)
    {
        if (wanted != there)
        {
            throw new InvalidOperationException($"{there} {what} where {wanted} must be: what was measured is not the whole work");
        }
    }
}
