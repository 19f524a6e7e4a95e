using System.Net;
using System.Runtime.InteropServices;

namespace BridgeNet.Ports;

/// <summary>One port of an endpoint that wants one port of the host, the same at each of some addresses; or a range that wants as many.</summary>
/// <param name="ContainerPort">The endpoint's port, or the first of the range.</param>
/// <param name="Protocol">The protocol.</param>
/// <param name="HostPorts">The host's port or ports, or those of which it is to be one; null for any.</param>
/// <param name="Count">How many ports.</param>
internal sealed record PortRequest(int ContainerPort, TransportProtocol Protocol, PortRange? HostPorts, int Count)
{
    private static readonly Comparer<PortRequest> s_order = Comparer<PortRequest>.Create(Compare);

    private readonly HostAddressSet _addresses = new();

    /// <summary>Whether there is one host port that will do for each, and no other.</summary>
    public bool IsExact => HostPorts?.Count == Count;

    /// <summary>The host's addresses, in Docker's order.</summary>
    public IPAddress[] Addresses
    {
        get
        {
            IPAddress[] addresses = [.. _addresses.Addresses];
            if (addresses.Length > 1)
            {
                Array.Sort(addresses, HostAddressOrder.Instance);
            }
            return addresses;
        }
    }

    /// <summary>The requests in Docker's order: those with one possible host port first, then by container port, protocol and host port.</summary>
    /// <param name="specs">What people wrote.</param>
    /// <param name="defaultAddresses">The host's addresses where they said none; asked at most once.</param>
    /// <remarks>
    /// What differs in its host addresses only is one request, so that it gets one host port: 127.0.0.1::80 and 192.0.2.1::80. What
    /// could not have the same port, such as the same twice, is two.
    /// </remarks>
    public static IReadOnlyList<PortRequest> Of(IReadOnlyList<PortSpec> specs, Func<IReadOnlyList<IPAddress>> defaultAddresses)
    {
        List<PortRequest> requests = new(specs.Count);
        bool isOne = specs.Count == 1;
        Dictionary<(int, TransportProtocol, PortRange?, int), PortRequest>? latest = null;
        IReadOnlyList<IPAddress>? defaults = null;
        for (int i = 0; i < specs.Count; i++)
        {
            PortSpec spec = specs[i];
            IReadOnlyList<IPAddress> addresses = spec.HostAddress is { } address ? [address] : defaults ??= defaultAddresses();
            foreach (PortRequest part in Parts(spec))
            {
                PortRequest request = part;
                if (isOne)
                {
                    requests.Add(request);
                }
                else
                {
                    latest ??= [];
                    ref PortRequest? known = ref CollectionsMarshal.GetValueRefOrAddDefault(
                        latest, (part.ContainerPort, part.Protocol, part.HostPorts, part.Count), out _);
                    if (known is null || addresses.Any(known._addresses.Overlaps))
                    {
                        requests.Add(known = part);
                    }
                    request = known;
                }
                for (int j = 0; j < addresses.Count; j++)
                {
                    request._addresses.Add(addresses[j]);
                }
            }
        }
        return requests.Count == 1 ? requests : [.. requests.Order(s_order)];
    }

    private static int Compare(PortRequest one, PortRequest other)
    {
        ReadOnlySpan<int> differences =
        [
            other.IsExact.CompareTo(one.IsExact),
            one.ContainerPort - other.ContainerPort,
            one.Protocol - other.Protocol,
            (one.HostPorts?.First ?? 0) - (other.HostPorts?.First ?? 0),
            (one.HostPorts?.Last ?? 0) - (other.HostPorts?.Last ?? 0),
        ];
        int first = differences.IndexOfAnyExcept(0);
        return first < 0 ? 0 : differences[first];
    }

    private static IEnumerable<PortRequest> Parts(PortSpec spec)
    {
        if (spec.HostPorts is { } ports && ports.Count == spec.ContainerPorts.Count)
        {
            return [new PortRequest(spec.ContainerPorts.First, spec.Protocol, ports, ports.Count)];
        }
        return Enumerable.Range(spec.ContainerPorts.First, spec.ContainerPorts.Count)
            .Select(number => new PortRequest(number, spec.Protocol, spec.HostPorts, Count: 1));
    }
}
