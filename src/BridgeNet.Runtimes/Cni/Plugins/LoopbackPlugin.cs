using BridgeNet.Netlink;
using BridgeNet.Netlink.Route;

namespace BridgeNet.Runtimes.Cni;

/// <summary>loopback: brings the container's lo up.</summary>
internal sealed class LoopbackPlugin : ICniPlugin
{
    private static readonly InterfaceName s_device = InterfaceName.Parse("lo");

    /// <inheritdoc/>
    public string Name => "loopback";

    /// <summary>Returns lo and its addresses, or the previous result if there is one.</summary>
    public CniResult Add(CniCall call)
    {
        using NetworkNamespace sandbox = call.OpenSandbox();
        using RouteSocket inside = sandbox.Run(OpenWithIPv6);
        Link lo = inside.Batch().ChangeLink(LinkSelector.ByName(s_device), new LinkChange { IsUp = true }).GetLink(LinkSelector.ByName(s_device));
        return call.Previous ?? new CniResult
        {
            Interfaces = [new CniInterface { Name = s_device.ToString(), Mac = "00:00:00:00:00:00", Sandbox = call.Environment.NamespacePath }],
            Addresses = [.. inside.ListAddresses(lo.Index).Select(address => new CniAddress { Address = address.Address, Interface = 0 })],
        };
    }

    /// <inheritdoc/>
    public void Delete(CniCall call)
    {
        using NetworkNamespace? sandbox = call.TryOpenSandbox();
        if (sandbox is null)
        {
            return;
        }
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        inside.Batch().ChangeLink(LinkSelector.ByName(s_device), new LinkChange { IsUp = false }).Execute();
    }

    /// <summary>Lets lo have ::1, in a namespace that may have begun without IPv6; where the kernel has none there is nothing to let.</summary>
    private static RouteSocket OpenWithIPv6()
    {
        const string Setting = "ipv6/conf/lo/disable_ipv6";
        if (Sysctl.Read(Setting) is "1")
        {
            Sysctl.Write(Setting, "0");
        }
        return RouteSocket.Open();
    }

    /// <inheritdoc/>
    public void Check(CniCall call)
    {
        using NetworkNamespace sandbox = call.OpenSandbox();
        using RouteSocket inside = sandbox.Run(RouteSocket.Open);
        if (!inside.GetLink(LinkSelector.ByName(s_device)).IsUp)
        {
            throw new CniException(CniErrorCode.NotAsAdded, "loopback interface lo is down");
        }
    }
}
