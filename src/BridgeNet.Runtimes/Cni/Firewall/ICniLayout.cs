using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// A way to write what containers need as packet rules. Each can tell what it wrote from what others wrote, and takes away nothing else.
/// </summary>
internal interface ICniLayout
{
    /// <summary>The name by which configurations ask for it, as <c>backend</c>.</summary>
    string Backend { get; }

    /// <summary>Has the world outside see a container's addresses as the host's.</summary>
    void AddMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Has it see them no longer so; content if it does not.</summary>
    void RemoveMasquerade(NetfilterSocket netfilter, CniOwner owner);

    /// <summary>Takes away what of that is of a network and of no valid attachment.</summary>
    void RemoveMasqueradeAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid);

    /// <summary>Whether it sees all of a container's addresses so.</summary>
    bool HasMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Lets a container through firewalls of the host.</summary>
    void AddForward(NetfilterSocket netfilter, CniOwner owner, ForwardRequest request);

    /// <summary>Lets it through no longer; content if it is not let through.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="owner">Whose rules.</param>
    /// <param name="addresses">Its addresses, if they are known.</param>
    void RemoveForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Takes away what of that is of a network and of no valid attachment.</summary>
    void RemoveForwardAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid);

    /// <summary>Whether a container is let through.</summary>
    bool HasForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Publishes a container's ports; what it had published of this network before is replaced.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="request">The ports.</param>
    /// <param name="isFirst">Whether it has nothing as far as is known.</param>
    /// <exception cref="CniException">999: a port is another container's.</exception>
    void AddPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request, bool isFirst);

    /// <summary>Takes a container's ports of a network away; content if they are gone.</summary>
    void RemovePorts(NetfilterSocket netfilter, CniOwner owner);

    /// <summary>Takes away what of that is of a network and of no valid attachment.</summary>
    void RemovePortsAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid);

    /// <summary>Whether all of a container's ports are published.</summary>
    bool HasPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request);

    /// <summary>Whether any container has ports, or what guards localhost is there for another reason.</summary>
    bool AreAnyPorts(NetfilterSocket netfilter);
}
