using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Repairs;

/// <summary>Into which containers a repair looks. What the host has is looked at always, in a few dumps; each container takes a visit.</summary>
internal sealed class RepairScope
{
    private readonly HashSet<IPAddress> _addresses = [];
    private readonly HashSet<InterfaceName> _interfaces = [];
    private bool _isEverything;

    /// <summary>Into all of them.</summary>
    public static RepairScope Everything
    {
        get
        {
            RepairScope all = new();
            all.AddEverything();
            return all;
        }
    }

    /// <summary>Into all of them.</summary>
    public void AddEverything() => _isEverything = true;

    /// <summary>Into that whose veth has a name on the host.</summary>
    public void Add(InterfaceName hostInterface) => _interfaces.Add(hostInterface);

    /// <summary>Into those that are to have an address.</summary>
    public void Add(IPAddress address) => _addresses.Add(address);

    /// <summary>Whether to look into a container.</summary>
    public bool Contains(InterfaceName hostInterface, IEnumerable<IPAddress> addresses) =>
        _isEverything || _interfaces.Contains(hostInterface) || addresses.Any(_addresses.Contains);
}
