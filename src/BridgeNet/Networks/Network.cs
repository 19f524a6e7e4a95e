using BridgeNet.Endpoints;
using BridgeNet.Namespaces;

namespace BridgeNet;

/// <summary>A made network. Containers are attached to it.</summary>
public sealed class Network
{
    private readonly EndpointLifecycle _endpoints;
    private readonly State.NetworkState _state;

    internal Network(State.NetworkState state, EndpointLifecycle endpoints)
    {
        _state = state;
        _endpoints = endpoints;
    }

    /// <summary>Its name.</summary>
    public string Name => _state.Definition.Name;

    /// <summary>Twelve hexadecimal digits, drawn when the network was made.</summary>
    public string Id => _state.Id;

    /// <summary>Its definition: a copy each time.</summary>
    public NetworkDefinition Definition => _state.Definition with
    {
        Subnets = Netlink.ValueList.From(_state.Definition.Subnets.Select(subnet => subnet with { })),
    };

    /// <summary>The bridge.</summary>
    public Netlink.InterfaceName Device => _state.Device;

    /// <summary>The gateways of its subnets with their prefixes; empty for an isolated network.</summary>
    public Netlink.ValueList<Netlink.InterfaceAddress> Gateways => Netlink.ValueList.From(
        from subnet in _state.Definition.Subnets
        where subnet.Gateway is not null
        select new Netlink.InterfaceAddress(subnet.Gateway!, subnet.Subnet.PrefixLength));

    /// <summary>
    /// Gives a container its interface, address, default route and published ports. It ends with the lease, or by <see cref="BridgeDriver.Detach"/>.
    /// </summary>
    /// <param name="sandbox">The container's network namespace.</param>
    /// <param name="request">The wished-for endpoint; null for all defaults.</param>
    /// <exception cref="ConfigurationException">The request is invalid, or the namespace is the host's own.</exception>
    /// <exception cref="AddressPoolExhaustedException">No address is free.</exception>
    /// <exception cref="AddressUnavailableException">The requested address is not available.</exception>
    /// <exception cref="PortConflictException">A requested host port is taken.</exception>
    /// <exception cref="EndpointConflictException">The name, the MAC address, or the interface in the container, is taken.</exception>
    /// <exception cref="PrivilegeException">A capability is missing.</exception>
    /// <exception cref="KernelException">The kernel refused; nothing of the attempt remains.</exception>
    public EndpointLease Attach(NetworkNamespace sandbox, EndpointRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        return Privilege.Explain($"attaching to network {Name}", () => _endpoints.Attach(_state, [(sandbox, request ?? new EndpointRequest())])[0]);
    }

    /// <summary>
    /// Makes an endpoint for a runtime that moves the interface into the container itself and sets it up there, as Docker does: addresses, packet
    /// rules, and the veth, whose other end waits on the host by the name <see cref="Endpoint.InterfaceName"/>. It is kept until somebody detaches
    /// it, or its veth is gone, which a repair or gc takes for the container's end.
    /// </summary>
    /// <param name="request">The wished-for endpoint. What concerns the inside of the container has no effect here.</param>
    /// <exception cref="ConfigurationException">The request is invalid, or names something inside the container.</exception>
    /// <exception cref="AddressPoolExhaustedException">No address is free.</exception>
    /// <exception cref="AddressUnavailableException">The requested address is not available.</exception>
    /// <exception cref="PortConflictException">A requested host port is taken.</exception>
    /// <exception cref="EndpointConflictException">The name or the MAC address is taken.</exception>
    /// <exception cref="PrivilegeException">A capability is missing.</exception>
    /// <exception cref="KernelException">The kernel refused; nothing of the attempt remains.</exception>
    public Endpoint Prepare(EndpointRequest? request = null) =>
        Privilege.Explain($"preparing an endpoint of network {Name}", () => _endpoints.Prepare(_state, request ?? new EndpointRequest()));

    /// <summary>Attaches several containers, all or none, with one transaction for all their packet rules.</summary>
    /// <param name="containers">Each container's network namespace and request.</param>
    /// <returns>The leases, in the same order.</returns>
    /// <inheritdoc cref="Attach" path="/exception"/>
    public IReadOnlyList<EndpointLease> AttachMany(params IReadOnlyList<(NetworkNamespace Sandbox, EndpointRequest Request)> containers)
    {
        ArgumentNullException.ThrowIfNull(containers);
        foreach ((NetworkNamespace sandbox, _) in containers)
        {
            ArgumentNullException.ThrowIfNull(sandbox, nameof(containers));
        }
        return Privilege.Explain($"attaching to network {Name}", () => _endpoints.Attach(_state, containers!));
    }
}
