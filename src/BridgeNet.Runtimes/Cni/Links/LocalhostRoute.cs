using System.Net;

using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;
using BridgeNet.Runtimes.Cni.Firewall;

namespace BridgeNet.Runtimes.Cni;

/// <summary>The way from 127/8 to containers: the kernel setting route_localnet of the interface that leads to them.</summary>
internal static class LocalhostRoute
{
    /// <summary>Switches the setting on.</summary>
    public static void Open(RouteSocket route, IPAddress container)
    {
        if (route.GetRoute(container).OutputInterface is { } index)
        {
            Sysctl.Write(SettingOf(route.GetLink(LinkSelector.ByIndex(index)).Name), "1");
        }
    }

    /// <summary>
    /// Runs a removal. If our table goes with it and nobody else publishes ports, the setting is switched off too: the table had the guard that
    /// keeps other hosts out of 127/8.
    /// </summary>
    public static void CloseWithLast(CniCall call, Action removal)
    {
        bool wasThere = false;
        new CniTeardown().Then(() => wasThere = CniTable.Exists(call.Netfilter)).Then(removal).Then(() => CloseUnlessNeeded(call, wasThere)).Finish();
    }

    private static void CloseUnlessNeeded(CniCall call, bool wasThere)
    {
        if (wasThere && !new PortMap(call.Netfilter, () => call.Route).AreAny()
            && call.Previous?.Interfaces.FirstOrDefault(link => link.Sandbox is null) is { } bridge
            && InterfaceName.TryParse(bridge.Name, null, out InterfaceName name)
            && Sysctl.Read(SettingOf(name)) is "1")
        {
            Sysctl.Write(SettingOf(name), "0");
        }
    }

    private static string SettingOf(InterfaceName name) => $"ipv4/conf/{name}/route_localnet";
}
