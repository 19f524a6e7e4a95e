using System.Net;
using System.Net.Sockets;

using BridgeNet.Netlink;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>
/// Docker's remote network driver: its networks and endpoints are networks and prepared endpoints of the driver. Docker itself moves interfaces into
/// containers and sets them up there. Every call may come twice, or for something that one of the two has forgotten.
/// </summary>
/// <param name="driver">The driver.</param>
/// <param name="links">The host's links.</param>
/// <param name="requests">The requests for ports.</param>
/// <param name="notPublished">Gets a port that an endpoint cannot have, and the endpoint.</param>
internal sealed class NetworkDriver(BridgeDriver driver, HostLinks links, RequestStore requests, Action<string, string> notPublished)
{
    private readonly Patience _patience = new(driver);

    /// <summary>Makes a network; one that is there already and the same is fine.</summary>
    public PluginAnswer CreateNetwork(PluginRequest request)
    {
        Network network = driver.EnsureNetwork(DockerNetworkRequest.Read(request), out bool isNew);
        return isNew ? PluginAnswer.Done with { Undo = () => Delete(network.Name) } : PluginAnswer.Done;
    }

    /// <summary>Removes a network, and what Docker forgot on it. One that other runtimes' containers are on stays, and Docker forgets it.</summary>
    public PluginAnswer DeleteNetwork(PluginRequest request)
    {
        Delete(request.Network);
        return PluginAnswer.Done;
    }

    /// <summary>Makes an endpoint with the addresses that Docker chose. An address that a dead container has is taken over from it.</summary>
    public async Task<PluginAnswer> CreateEndpointAsync(PluginRequest request)
    {
        var asked = PluginRequest.Member(request.Root, "Interface");
        string mac = PluginRequest.Text(asked, "MacAddress");
        Network network = driver.GetNetwork(request.Network);
        EndpointSettings settings = EndpointSettings.Read(network.Definition, request.Options);
        EndpointRequest wanted = new()
        {
            Name = request.Endpoint,
            IPv4Address = AddressIn(PluginRequest.Text(asked, "Address")),
            IPv6Address = AddressIn(PluginRequest.Text(asked, "AddressIPv6")),
            MacAddress = mac.Length > 0 ? MacAddress.Parse(mac, provider: null) : null,
            AntiSpoofing = settings.AntiSpoofing,
            Bandwidth = settings.Bandwidth,
        };
        if (wanted.IPv4Address is null && wanted.IPv6Address is null)
        {
            throw new FormatException("the endpoint has no address: use an IPAM driver that gives one");
        }
        EndForgotten(wanted, network.Name);
        Endpoint? alike = FindAlike(wanted);
        Endpoint endpoint = alike
            ?? await _patience.TryAsync(() => network.Prepare(wanted), error => error is AddressUnavailableException or EndpointConflictException)
                .ConfigureAwait(false);
        if (EndpointSettings.AreIn(request.Options))
        {
            Remember(request);
        }
        return PluginAnswer.Of(answer =>
        {
            if (mac.Length == 0) // what Docker said is not to be said again
            {
                answer.WriteStartObject("Interface");
                answer.WriteString("MacAddress", endpoint.MacAddress.ToString());
                answer.WriteEndObject();
            }
        }) with
        { Undo = alike is null ? () => End(endpoint.Name) : null };
    }

    /// <summary>Tells which interface Docker is to move, and the default routes.</summary>
    public PluginAnswer Join(PluginRequest request)
    {
        Endpoint endpoint = driver.GetEndpoint(request.Endpoint);
        NetworkDefinition network = driver.GetNetwork(endpoint.NetworkName).Definition;
        return PluginAnswer.Of(answer =>
        {
            answer.WriteStartObject("InterfaceName");
            answer.WriteString("SrcName", endpoint.InterfaceName.ToString());
            answer.WriteString("DstPrefix", network.InterfacePrefix);
            answer.WriteEndObject();
            WriteRoutes(answer, SettingsOf(endpoint, network).Routes);
            WriteUnlessNull("Gateway", endpoint.IPv4Gateway);
            WriteUnlessNull("GatewayIPv6", endpoint.IPv6Gateway);
            if (endpoint.IPv4Gateway is null && endpoint.IPv6Gateway is null)
            {
                answer.WriteBoolean("DisableGatewayService", true); // else Docker adds a bridge of its own, as the way out
            }

            void WriteUnlessNull(string name, IPAddress? gateway)
            {
                if (gateway is not null)
                {
                    answer.WriteString(name, gateway.ToString());
                }
            }
        });
    }

    /// <summary>
    /// Publishes the ports of the endpoint that is its container's way out, and holds them. One that is taken is tried again for a while.
    /// </summary>
    public async Task<PluginAnswer> ProgramExternalConnectivityAsync(PluginRequest request)
    {
        Endpoint endpoint = driver.GetEndpoint(request.Endpoint);
        PortSpec[] specs = [.. SpecsFor(endpoint, request, port => notPublished(port, endpoint.Name))];
        Unpublish(endpoint.Name);
        if (DockerPortMap.IsOfIPv4Alone(request.Options))
        {
            GiveUpLocalhost();
        }
        if (specs.Length == 0)
        {
            return PluginAnswer.Done;
        }
        try
        {
            requests.Write(endpoint.Name, PluginMethod.ProgramExternalConnectivity, request.Body);
            _ = await _patience.TryAsync(() => driver.Publish(endpoint.Name, specs), error => error is PortConflictException).ConfigureAwait(false);
            driver.HoldPorts(endpoint.Name, specs);
        }
        catch
        {
            Unpublish(endpoint.Name);
            throw;
        }
        return PluginAnswer.Done with { Undo = () => Unpublish(endpoint.Name) };
    }

    /// <summary>Unpublishes what was published.</summary>
    public PluginAnswer RevokeExternalConnectivity(PluginRequest request)
    {
        Unpublish(request.Endpoint);
        return PluginAnswer.Done;
    }

    /// <summary>Ends an endpoint. Docker has taken its interface out of the container by now, or not: it goes wherever it is.</summary>
    public PluginAnswer DeleteEndpoint(PluginRequest request)
    {
        End(request.Endpoint);
        return PluginAnswer.Done;
    }

    /// <summary>Forgets what Docker asked for endpoints that ended without it, as those of a dead container do.</summary>
    public void ForgetEnded() => requests.Retain(() => driver.Endpoints.Select(endpoint => endpoint.Name).ToHashSet(StringComparer.Ordinal), IsGone);

    /// <summary>Holds the ports of all of Docker's endpoints, after a start of the plugin.</summary>
    /// <param name="failed">Gets the endpoints of which some port is not held, each with the reason.</param>
    public void HoldAll(Action<string, string> failed)
    {
        ForgetEnded();
        foreach (Endpoint endpoint in driver.Endpoints.Where(endpoint => DockerNames.AreDockers(endpoint.Name) && endpoint.Ports.Count > 0))
        {
            try
            {
                if (requests.Find(endpoint.Name, PluginMethod.ProgramExternalConnectivity) is { } text)
                {
                    using PluginRequest request = new(text);
                    driver.HoldPorts(endpoint.Name, [.. SpecsFor(endpoint, request)]);
                }
            }
            catch (Exception error) // one endpoint's ports do not keep the plugin from starting
            {
                failed(endpoint.Name, error.Message);
            }
        }
    }

    private void Delete(string name)
    {
        if (driver.FindNetwork(name) is not null)
        {
            IEnumerable<Endpoint> forgotten = driver.Endpoints.Where(one => Is(one.NetworkName, name) && DockerNames.AreDockers(one.Name));
            _ = driver.DetachMany(forgotten.Select(endpoint => endpoint.Id));
            ForgetEnded();
            driver.RemoveNetwork(name);
        }
    }

    /// <summary>
    /// The ports of an endpoint among those of its container. Docker asks for all of them on each of two endpoints, if one has IPv4 and the other
    /// IPv6.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="request">Docker's request for them.</param>
    /// <param name="notOfIt">Gets those that the endpoint cannot have.</param>
    private List<PortSpec> SpecsFor(Endpoint endpoint, PluginRequest request, Action<string>? notOfIt = null)
    {
        bool isOfIPv4Alone = DockerPortMap.IsOfIPv4Alone(request.Options) && endpoint.IPv6Address is null;
        ValueList<IPNetwork> sources = SettingsOf(endpoint, driver.GetNetwork(endpoint.NetworkName).Definition).Sources;
        List<PortSpec> specs = [];
        foreach (PortSpec spec in DockerPortMap.Read(request.Options))
        {
            if (HasFamilyOf(endpoint, spec))
            {
                specs.Add(spec with { Sources = sources, HostAddress = spec.HostAddress ?? (isOfIPv4Alone ? IPAddress.Any : null) });
            }
            else
            {
                notOfIt?.Invoke($"{spec}");
            }
        }
        return specs;
    }

    /// <summary>What an endpoint is to have besides, by its own options or its network's.</summary>
    private EndpointSettings SettingsOf(Endpoint endpoint, NetworkDefinition network)
    {
        if (requests.Find(endpoint.Name, PluginMethod.CreateEndpoint) is not { } text)
        {
            return EndpointSettings.Read(network, options: null);
        }
        using PluginRequest request = new(text);
        return EndpointSettings.Read(network, request.Options);
    }

    /// <summary>Routes as Docker reads them.</summary>
    private static void WriteRoutes(System.Text.Json.Utf8JsonWriter answer, ValueList<StaticRoute> routes)
    {
        const int ByNextHop = 0, OnLink = 1; // types.NEXTHOP and types.CONNECTED of libnetwork
        answer.WriteStartArray("StaticRoutes");
        foreach (StaticRoute route in routes)
        {
            answer.WriteStartObject();
            answer.WriteString("Destination", $"{route.Destination}");
            answer.WriteNumber("RouteType", route.NextHop is null ? OnLink : ByNextHop);
            answer.WriteString("NextHop", $"{route.NextHop}");
            answer.WriteEndObject();
        }
        answer.WriteEndArray();
    }

    private static bool HasFamilyOf(Endpoint endpoint, PortSpec spec) => spec.HostAddress?.AddressFamily switch
    {
        AddressFamily.InterNetwork => endpoint.IPv4Address is not null,
        AddressFamily.InterNetworkV6 => endpoint.IPv6Address is not null,
        _ => true,
    };

    /// <summary>
    /// Endpoints without IPv4 leave 127.0.0.1 to the container's other endpoint, which has it. Until Docker asks for that one's ports, nothing tells
    /// that there is one.
    /// </summary>
    private void GiveUpLocalhost()
    {
        foreach (Endpoint endpoint in driver.Endpoints.Where(one => one is { IPv4Address: null, Ports.Count: > 0 }))
        {
            if (DockerNames.AreDockers(endpoint.Name)
                && driver.FindNetwork(endpoint.NetworkName) is not null // another project's, which ends just now
                && requests.Find(endpoint.Name, PluginMethod.ProgramExternalConnectivity) is { } text)
            {
                using PluginRequest request = new(text);
                List<PortSpec> specs = SpecsFor(endpoint, request);
                driver.HoldPorts(endpoint.Name, [.. specs.Select(spec => spec with { HostAddress = spec.HostAddress ?? IPAddress.IPv6Any })]);
            }
        }
    }

    /// <summary>
    /// Docker gives an address once: who has it here, with his interface on the host, was ended while the plugin was away.
    /// </summary>
    private void EndForgotten(EndpointRequest wanted, string network)
    {
        IEnumerable<Endpoint> holders = driver.Endpoints.Where(one => Is(one.NetworkName, network)
            && !Is(one.Name, wanted.Name!)
            && (Has(one.IPv4Address, wanted.IPv4Address) || Has(one.IPv6Address, wanted.IPv6Address)));
        Endpoint[] found = [.. holders];
        foreach (Endpoint forgotten in found.Length == 0 ? [] : links.Waiting(found))
        {
            End(forgotten.Name);
        }

        static bool Has(InterfaceAddress? own, IPAddress? address) => own is not null && own.Address.Equals(address);
    }

    private void End(string endpoint)
    {
        _ = driver.Detach(endpoint);
        requests.Remove(endpoint);
    }

    /// <summary>False also of one whose record is damaged: a rebuild may make it again, and who may connect to it is to be known then.</summary>
    private bool IsGone(string endpoint)
    {
        try
        {
            return driver.FindEndpoint(endpoint) is null;
        }
        catch (StateException)
        {
            return false;
        }
    }

    /// <summary>Unpublishes an endpoint's ports and forgets the request for them, also if somebody ended the endpoint meanwhile.</summary>
    private void Unpublish(string name)
    {
        if (driver.FindEndpoint(name) is { Ports.Count: > 0 } endpoint)
        {
            _ = driver.Unpublish(endpoint.Name, [.. endpoint.Ports.Select(WhereverPublished).Distinct()]);
        }
        requests.Remove(name, PluginMethod.ProgramExternalConnectivity);
    }

    /// <summary>Remembers the request for an endpoint, or ends it.</summary>
    private void Remember(PluginRequest request)
    {
        try
        {
            requests.Write(request.Endpoint, PluginMethod.CreateEndpoint, request.Body);
        }
        catch
        {
            End(request.Endpoint);
            throw;
        }
    }

    private static PortSpec WhereverPublished(PublishedPort port) => new()
    {
        ContainerPorts = PortRange.From(port.ContainerPort, port.ContainerPort + port.Count - 1),
        Protocol = port.Protocol,
    };

    /// <summary>The endpoint of a request that comes a second time; one that is different by now is ended.</summary>
    private Endpoint? FindAlike(EndpointRequest wanted)
    {
        if (driver.FindEndpoint(wanted.Name!) is not { } there)
        {
            return null;
        }
        bool isAlike = Equals(there.IPv4Address?.Address, wanted.IPv4Address)
            && Equals(there.IPv6Address?.Address, wanted.IPv6Address)
            && (wanted.MacAddress is null || there.MacAddress == wanted.MacAddress);
        if (!isAlike)
        {
            End(there.Name);
        }
        return isAlike ? there : null;
    }

    /// <summary>Docker gives addresses the prefix of the subnet; an empty text is none.</summary>
    private static IPAddress? AddressIn(string text) => text.Length == 0 ? null : AddressText.ParseAddress(text.Split('/')[0]);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
