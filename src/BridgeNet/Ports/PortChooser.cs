using System.Net;

namespace BridgeNet.Ports;

/// <summary>Turns specifications into ports of the host, and checks that no other program has them. Use it inside the host's namespace.</summary>
internal sealed class PortChooser
{
    private readonly PortChoice _choice;
    private readonly List<PublishedPort> _chosen = new(2);

    /// <summary>Null where there is one request and nothing to compare it with.</summary>
    private HostPortSet? _taken;

    /// <summary>Where the next search of a range goes on: behind what was given out last, so that each port is looked at once.</summary>
    private Dictionary<(PortRange Range, TransportProtocol Protocol), int>? _next;

    private PortChooser(PortChoice choice)
    {
        _choice = choice;
        _taken = choice.Taken;
    }

    /// <summary>
    /// The ports for these specifications, in Docker's order: those with an exact host port, then by container port, protocol, host port and address.
    /// </summary>
    /// <exception cref="PortConflictException">A port that was asked for is taken, or none of a range is free.</exception>
    /// <exception cref="ConfigurationException">A host address is not the host's.</exception>
    /// <exception cref="PrivilegeException">A port is for the privileged.</exception>
    public static IReadOnlyList<PublishedPort> Choose(IReadOnlyList<PortSpec> specs, PortChoice choice)
    {
        PortChooser chooser = new(choice);
        IReadOnlyList<PortRequest> requests = PortRequest.Of(specs, chooser.DefaultAddresses);
        if (requests.Count > 1)
        {
            chooser._taken ??= new HostPortSet();
        }
        for (int i = 0; i < requests.Count; i++)
        {
            PortRequest request = requests[i];
            if (request.IsExact)
            {
                chooser.TakeExactly(request);
            }
            else
            {
                chooser.TakeAny(request);
            }
        }
        return chooser._chosen;
    }

    /// <summary>All of IPv6 is left out where there is none, since nobody asked for it. Whoever writes [::] did.</summary>
    private IReadOnlyList<IPAddress> DefaultAddresses()
    {
        IReadOnlyList<IPAddress> usable = _choice.DefaultHostAddresses.Contains(IPAddress.IPv6Any) && !_choice.Host.HasIPv6
            ? [.. _choice.DefaultHostAddresses.Where(address => !address.Equals(IPAddress.IPv6Any))]
            : _choice.DefaultHostAddresses;
        return usable.Count > 0
            ? usable
            : throw new ConfigurationException(
                nameof(PortSpec.HostAddress), "ports are published at [::] unless said otherwise, and this host has no IPv6: give an IPv4 address");
    }

    private void TakeExactly(PortRequest request)
    {
        PublishedPort[] ports = Candidates(request, request.Addresses, request.HostPorts!.Value.First);
        foreach (PublishedPort port in ports)
        {
            PortRefusal? refusal = IsTaken(port)
                ? new PortRefusal(port.Each().First(IsTaken), "it is asked for twice: leave one out, or choose another port")
                : _choice.Host.Refusal(port);
            if (refusal is not null)
            {
                throw new PortConflictException(refusal.Port, refusal.Reason);
            }
        }
        Take(ports);
    }

    private void TakeAny(PortRequest request)
    {
        PortRange range = request.HostPorts ?? _choice.Host.Ephemeral.Range;
        IPAddress[] addresses = request.Addresses;
        _next ??= [];
        if (!_next.TryGetValue((range, request.Protocol), out int start))
        {
            // two processes at once then seldom try the same port
            start = request.HostPorts is null || _choice.Anywhere ? Random.Shared.Next(range.Count) : 0;
        }
        for (int i = 0; i < range.Count; i++)
        {
            int offset = (start + i) % range.Count;
            int hostPort = range.First + offset;
            if (request.HostPorts is null && _choice.Host.Ephemeral.IsReserved(hostPort))
            {
                continue;
            }
            PublishedPort[] ports = Candidates(request, addresses, hostPort);
            if (!Array.Exists(ports, IsTaken) && Array.TrueForAll(ports, IsFree))
            {
                _next[(range, request.Protocol)] = (offset + 1) % range.Count;
                Take(ports);
                return;
            }
        }
        throw new PortConflictException(
            Candidates(request, addresses, range.First)[0],
            request.HostPorts is null
                ? $"no port of {range} is free: widen net.ipv4.ip_local_port_range, or give a port"
                : $"no port of {range} is free: give a larger range, or stop the programs that have bound them");
    }

    private static PublishedPort[] Candidates(PortRequest request, IPAddress[] addresses, int hostPort)
    {
        PublishedPort[] ports = new PublishedPort[addresses.Length];
        for (int i = 0; i < ports.Length; i++)
        {
            ports[i] = new PublishedPort(addresses[i], hostPort, request.ContainerPort, request.Protocol) { Count = request.Count };
        }
        return ports;
    }

    private bool IsTaken(PublishedPort port) => _taken is not null && _taken.Overlaps(port);

    private bool IsFree(PublishedPort port) => _choice.Host.Refusal(port) is null && !_choice.IsPublished(port);

    private void Take(PublishedPort[] ports)
    {
        _chosen.AddRange(ports);
        if (_taken is not null)
        {
            foreach (PublishedPort port in ports)
            {
                _taken.Add(port);
            }
        }
    }
}
