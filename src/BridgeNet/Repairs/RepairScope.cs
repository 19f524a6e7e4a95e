using System.Net;

using BridgeNet.Netlink;

namespace BridgeNet.Repairs;

/// <summary>The containers that a repair checks. It always checks the host, in a few dumps, but each container takes a visit.</summary>
internal sealed class RepairScope
{
    private readonly HashSet<IPAddress> _addresses = [];
    private readonly HashSet<InterfaceName> _interfaces = [];
    private bool _isEverything;

    /// <summary>All containers.</summary>
    public static RepairScope Everything
    {
        get
        {
            RepairScope all = new();
            all.AddEverything();
            return all;
        }
    }

    /// <summary>Adds all containers.</summary>
    public void AddEverything() => _isEverything = true;

    /// <summary>Adds the container of a veth on the host.</summary>
    public void Add(InterfaceName hostInterface) => _interfaces.Add(hostInterface);

    /// <summary>Adds the containers that should have an address.</summary>
    public void Add(IPAddress address) => _addresses.Add(address);

    /// <summary>Whether to check a container.</summary>
    public bool Contains(InterfaceName hostInterface, IEnumerable<IPAddress> addresses) =>
        _isEverything || _interfaces.Contains(hostInterface) || addresses.Any(_addresses.Contains);
}
