using System.Net;
using System.Runtime.InteropServices;

namespace BridgeNet.Ports;

/// <summary>Turns specifications into ports of the host, and checks that no other program has them. Use it inside the host's namespace.</summary>
internal sealed class PortChooser
{
    private static readonly Comparer<PortSpec> s_order = Comparer<PortSpec>.Create(Compare);

    private readonly PortChoice _choice;
    private readonly List<PublishedPort> _chosen = new(2);

    /// <summary>Null where one port is chosen and there is nothing to compare it with.</summary>
    private HostPortSet? _taken;

    /// <summary>Where the next search of a range goes on: behind what was given out last, so that each port is looked at once.</summary>
    private Dictionary<(PortRange Range, TransportProtocol Protocol), int>? _next;

    private IReadOnlyList<IPAddress>? _defaultAddresses;

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
    public static List<PublishedPort> Choose(IReadOnlyList<PortSpec> specs, PortChoice choice)
    {
        PortChooser chooser = new(choice);
        if (specs is [{ IsExact: true } only])
        {
            chooser.TakeExactly(only, InOrder(chooser.AddressesOf(only)));
        }
        else
        {
            chooser._taken ??= new HostPortSet();
            foreach ((PortSpec spec, HostAddressSet addresses) in chooser.Together(specs))
            {
                if (spec.IsExact)
                {
                    chooser.TakeExactly(spec, InOrder(addresses.Addresses));
                }
                else
                {
                    chooser.TakeAny(spec, InOrder(addresses.Addresses));
                }
            }
        }
        return chooser._chosen;
    }

    /// <summary>The specifications in the order in which they choose, each with its host addresses.</summary>
    /// <remarks>
    /// What differs in its host addresses only is one, so that it gets one host port: 127.0.0.1::80 and 192.0.2.1::80. What could not have
    /// the same port, such as the same twice, is two. A range of container ports that chooses freely chooses port by port.
    /// </remarks>
    private IEnumerable<(PortSpec Spec, HostAddressSet Addresses)> Together(IReadOnlyList<PortSpec> specs)
    {
        List<(PortSpec Spec, HostAddressSet Addresses)> all = new(specs.Count);
        Dictionary<PortSpec, HostAddressSet> latest = [];
        foreach (PortSpec spec in specs)
        {
            IReadOnlyList<IPAddress> addresses = AddressesOf(spec);
            foreach (PortSpec part in addresses.Count == 0 ? [] : PartsOf(spec))
            {
                ref HostAddressSet? known = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, part, out _);
                if (known is null || addresses.Any(known.Overlaps))
                {
                    all.Add((part, known = new HostAddressSet()));
                }
                for (int i = 0; i < addresses.Count; i++)
                {
                    known.Add(addresses[i]);
                }
            }
        }
        return all.Count == 1 ? all : all.OrderBy(static one => one.Spec, s_order);
    }

    /// <summary>What chooses one host port, or one for each: without its addresses, and who may use it, which has no say in the choice.</summary>
    private static IEnumerable<PortSpec> PartsOf(PortSpec spec)
    {
        PortSpec bare = spec with { HostAddress = null, Sources = [] };
        return spec.IsExact || spec.ContainerPorts.Count == 1
            ? [bare]
            : Enumerable.Range(spec.ContainerPorts.First, spec.ContainerPorts.Count)
                .Select(number => bare with { ContainerPorts = PortRange.From(number, number) });
    }

    /// <summary>The host's addresses at which a specification publishes; none if it takes no port of the host.</summary>
    private IReadOnlyList<IPAddress> AddressesOf(PortSpec spec) =>
        spec.HostAddress is not { } address ? _defaultAddresses ??= DefaultAddresses()
        : _choice.TakesHostPorts(address.AddressFamily) ? [address]
        : [];

    /// <summary>All of IPv6 is left out where there is none, since nobody asked for it. Whoever writes [::] did.</summary>
    private IReadOnlyList<IPAddress> DefaultAddresses()
    {
        if (_choice.DefaultHostAddresses.Count == 0)
        {
            return [];
        }
        IReadOnlyList<IPAddress> usable = _choice.DefaultHostAddresses.Contains(IPAddress.IPv6Any) && !_choice.Host.HasIPv6
            ? [.. _choice.DefaultHostAddresses.Where(address => !address.Equals(IPAddress.IPv6Any))]
            : _choice.DefaultHostAddresses;
        return usable.Count > 0
            ? usable
            : throw new ConfigurationException(
                nameof(PortSpec.HostAddress), "ports are published at [::] unless said otherwise, and this host has no IPv6: give an IPv4 address");
    }

    private void TakeExactly(PortSpec spec, IPAddress[] addresses)
    {
        PublishedPort[] ports = Candidates(spec, addresses, spec.HostPorts!.Value.First);
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

    private void TakeAny(PortSpec spec, IPAddress[] addresses)
    {
        PortRange range = spec.HostPorts ?? _choice.Host.Ephemeral.Range;
        _next ??= [];
        if (!_next.TryGetValue((range, spec.Protocol), out int start))
        {
            // two processes at once then seldom try the same port
            start = spec.HostPorts is null || _choice.Anywhere ? Random.Shared.Next(range.Count) : 0;
        }
        for (int i = 0; i < range.Count; i++)
        {
            int offset = (start + i) % range.Count;
            int hostPort = range.First + offset;
            if (spec.HostPorts is null && _choice.Host.Ephemeral.IsReserved(hostPort))
            {
                continue;
            }
            PublishedPort[] ports = Candidates(spec, addresses, hostPort);
            if (!Array.Exists(ports, IsTaken) && Array.TrueForAll(ports, IsFree))
            {
                _next[(range, spec.Protocol)] = (offset + 1) % range.Count;
                Take(ports);
                return;
            }
        }
        throw new PortConflictException(
            Candidates(spec, addresses, range.First)[0],
            spec.HostPorts is null
                ? $"no port of {range} is free: widen net.ipv4.ip_local_port_range, or give a port"
                : $"no port of {range} is free: give a larger range, or stop the programs that have bound them");
    }

    private static PublishedPort[] Candidates(PortSpec spec, IPAddress[] addresses, int hostPort)
    {
        PublishedPort[] ports = new PublishedPort[addresses.Length];
        for (int i = 0; i < ports.Length; i++)
        {
            ports[i] = new PublishedPort(addresses[i], hostPort, spec.ContainerPorts.First, spec.Protocol) { Count = spec.ContainerPorts.Count };
        }
        return ports;
    }

    /// <summary>Docker's order: those with one possible host port first, then by container port, protocol and host port.</summary>
    private static int Compare(PortSpec one, PortSpec other)
    {
        ReadOnlySpan<int> differences =
        [
            other.IsExact.CompareTo(one.IsExact),
            one.ContainerPorts.First - other.ContainerPorts.First,
            one.Protocol - other.Protocol,
            (one.HostPorts?.First ?? 0) - (other.HostPorts?.First ?? 0),
            (one.HostPorts?.Last ?? 0) - (other.HostPorts?.Last ?? 0),
        ];
        int first = differences.IndexOfAnyExcept(0);
        return first < 0 ? 0 : differences[first];
    }

    private static IPAddress[] InOrder(IReadOnlyList<IPAddress> addresses)
    {
        IPAddress[] ordered = [.. addresses];
        if (ordered.Length > 1)
        {
            Array.Sort(ordered, HostAddressOrder.Instance);
        }
        return ordered;
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
