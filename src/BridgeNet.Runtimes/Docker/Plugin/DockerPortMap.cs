using System.Net;
using System.Text.Json;

namespace BridgeNet.Runtimes.Docker.Plugin;

/// <summary>The published ports of a container as Docker tells a plugin of them: an entry for each port, in any order.</summary>
internal static class DockerPortMap
{
    private const string Key = "com.docker.network.portmap";
    private const string WithoutProxy = "com.docker.network.driver.private.no_proxy_6to4";

    private const int Tcp = 6, Udp = 17, Sctp = 132;

    /// <summary>The ports to publish, ranges as few specifications.</summary>
    /// <param name="options">The options of the request.</param>
    /// <exception cref="FormatException">An entry is none.</exception>
    public static IReadOnlyList<PortSpec> Read(JsonElement? options)
    {
        List<PortSpec> specs = [];
        var runs = PluginRequest.Items(options, Key).Select(Entry.Read).Distinct()
            .GroupBy(entry => (entry.Protocol, entry.Address, Shift: entry.IsChosen ? entry.First - entry.Port : (int?)null, entry.IsChosen));
        foreach (var run in runs)
        {
            Entry? start = null, last = null;
            foreach (Entry entry in run.OrderBy(entry => entry.Port).ThenBy(entry => entry.First))
            {
                if (last is not null && run.Key.IsChosen && entry.Port == last.Port + 1)
                {
                    last = entry;
                    continue;
                }
                specs.AddRange(start is null ? [] : [Spec(start, last!)]);
                (start, last) = (entry, entry);
            }
            specs.Add(Spec(start!, last!));
        }
        return specs;
    }

    /// <summary>Whether another endpoint of the container serves its IPv6 clients, so that this one's ports are of IPv4 alone.</summary>
    public static bool IsOfIPv4Alone(JsonElement? options) => PluginRequest.Flag(options, WithoutProxy);

    private static PortSpec Spec(Entry first, Entry last) => new()
    {
        Protocol = first.Protocol,
        HostAddress = first.Address,
        HostPorts = first.First == 0 ? null : PortRange.From(first.First, last.Last),
        ContainerPorts = PortRange.From(first.Port, last.Port),
    };

    /// <summary>An entry.</summary>
    /// <param name="Protocol">Its protocol.</param>
    /// <param name="Address">The host's address; null for all.</param>
    /// <param name="First">The first of the host's ports to choose from; 0 for any free one.</param>
    /// <param name="Last">The last of them.</param>
    /// <param name="Port">The container's port.</param>
    private sealed record Entry(TransportProtocol Protocol, IPAddress? Address, int First, int Last, int Port)
    {
        /// <summary>Whether it says exactly which port of the host it is.</summary>
        public bool IsChosen => First > 0 && First == Last;

        public static Entry Read(JsonElement entry)
        {
            int first = PluginRequest.Number(entry, "HostPort"), last = PluginRequest.Number(entry, "HostPortEnd");
            return new Entry(
                PluginRequest.Number(entry, "Proto") switch
                {
                    Tcp => TransportProtocol.Tcp,
                    Udp => TransportProtocol.Udp,
                    Sctp => TransportProtocol.Sctp,
                    int other => throw new FormatException($"protocol {other} has no ports that can be published: tcp, udp and sctp have"),
                },
                PluginRequest.Text(entry, "HostIP") is { Length: > 0 } address ? AddressText.ParseAddress(address) : null,
                first,
                last == 0 ? first : last,
                PluginRequest.Number(entry, "Port"));
        }
    }
}
