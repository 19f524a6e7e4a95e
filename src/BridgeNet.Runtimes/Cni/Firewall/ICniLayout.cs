using BridgeNet.Netlink;
using BridgeNet.Netlink.Netfilter;

namespace BridgeNet.Runtimes.Cni.Firewall;

/// <summary>
/// A way to write containers' packet rules. Each layout recognizes its own rules and removes no others.
/// </summary>
internal interface ICniLayout
{
    /// <summary>The value of the configuration's key <c>backend</c>.</summary>
    string Backend { get; }

    /// <summary>Masquerades a container's addresses.</summary>
    void AddMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Stops masquerading them; does nothing if they are not masqueraded.</summary>
    void RemoveMasquerade(NetfilterSocket netfilter, CniOwner owner);

    /// <summary>Removes the masquerading that belongs to a network but to no valid attachment.</summary>
    void RemoveMasqueradeAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid);

    /// <summary>Whether all of a container's addresses are masqueraded.</summary>
    bool HasMasquerade(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Lets a container through the host's firewalls.</summary>
    void AddForward(NetfilterSocket netfilter, CniOwner owner, ForwardRequest request);

    /// <summary>Removes a container's forward rules; does nothing if there are none.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="owner">The rules' owner.</param>
    /// <param name="addresses">The container's addresses, if known.</param>
    void RemoveForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Removes the forward rules that belong to a network but to no valid attachment.</summary>
    void RemoveForwardAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid);

    /// <summary>Whether a container is let through.</summary>
    bool HasForward(NetfilterSocket netfilter, CniOwner owner, IReadOnlyCollection<InterfaceAddress> addresses);

    /// <summary>Publishes a container's ports, in place of those that it published for this network before.</summary>
    /// <param name="netfilter">Of the host.</param>
    /// <param name="owner">The ports' owner.</param>
    /// <param name="request">The ports.</param>
    /// <param name="isFirst">Whether the container has no ports yet, as far as the caller knows.</param>
    /// <exception cref="CniException">999: another container has a port.</exception>
    void AddPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request, bool isFirst);

    /// <summary>Unpublishes a container's ports of a network; does nothing if there are none.</summary>
    void RemovePorts(NetfilterSocket netfilter, CniOwner owner);

    /// <summary>Removes the ports that belong to a network but to no valid attachment.</summary>
    void RemovePortsAllBut(NetfilterSocket netfilter, string network, IReadOnlyCollection<CniOwner> valid);

    /// <summary>Whether all of a container's ports are published.</summary>
    bool HasPorts(NetfilterSocket netfilter, CniOwner owner, PortMapRequest request);

    /// <summary>Whether any container has ports, or the guard of localhost exists for another reason.</summary>
    bool AreAnyPorts(NetfilterSocket netfilter);
}
