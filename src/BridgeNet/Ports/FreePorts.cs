using System.Net;

namespace BridgeNet.Ports;

/// <summary>How many ports of its own choice the host can give.</summary>
internal static class FreePorts
{
    /// <summary>A smaller number is soon found, or soon found missing, so that the host is not asked for its range.</summary>
    private const int Many = 1000;

    /// <summary>Refuses specifications that ask for more free ports at one address than the host hands out at all.</summary>
    /// <param name="specs">The specifications of one endpoint.</param>
    /// <param name="read">Reads the host's ephemeral ports.</param>
    /// <exception cref="ConfigurationException">They ask for more.</exception>
    public static void Check(IReadOnlyList<PortSpec> specs, Func<EphemeralPorts> read)
    {
        if (specs.Count == 0)
        {
            return;
        }
        Dictionary<(TransportProtocol, IPAddress?), int>? asked = null;
        EphemeralPorts? ephemeral = null;
        for (int i = 0; i < specs.Count; i++)
        {
            PortSpec spec = specs[i];
            if (spec.HostPorts is not null)
            {
                continue;
            }
            asked ??= [];
            int count = asked[(spec.Protocol, spec.HostAddress)] =
                asked.GetValueOrDefault((spec.Protocol, spec.HostAddress)) + spec.ContainerPorts.Count;
            if (count > Many && count > (ephemeral ??= read()).Range.Count)
            {
                throw new ConfigurationException(
                    "port",
                    $"{spec}: with it {count} free {PublishedPort.NameOf(spec.Protocol)} ports are asked for, and the host hands out "
                    + $"{ephemeral.Range.Count} (net.ipv4.ip_local_port_range): say which ports of the host, or publish fewer");
            }
        }
    }
}
