using System.Text;
using System.Text.Json;

using BridgeNet.Native;
using BridgeNet.Netlink;
using BridgeNet.Netlink.Monitoring;
using BridgeNet.Netlink.Netfilter;
using BridgeNet.Netlink.Route;
using BridgeNet.Netlink.Tracing;
using BridgeNet.Netlink.Wire;
using BridgeNet.Runtimes;
using BridgeNet.Runtimes.Cni;
using BridgeNet.Runtimes.Docker.Plugin;
using BridgeNet.Runtimes.Netavark;
using BridgeNet.Runtimes.Oci;
using BridgeNet.State;

namespace BridgeNet.Fuzz;

/// <summary>Every decoder that reads bytes from outside.</summary>
internal static class Targets
{
    private static readonly byte[][] s_netlinkWords =
    [
        [16, 0],
        [17, 0],
        [20, 0],
        [21, 0],
        [24, 0],
        [28, 0],
        [36, 0],
        [44, 0],
        [2, 0],
        [3, 0],
        [8, 0, 1, 0],
        [5, 0, 1, 0],
        [12, 0, 1, 0x80],
        [0xff, 0xff],
        [0, 0, 0, 0],
        .. Words(
            "eth0\0 veth\0 bridge\0 tbf\0 u32\0 ingress\0 ifb\0 filter\0 nat\0 cmp\0 payload\0 meta\0 lookup\0 immediate\0 ct\0 fib\0 "
                + "counter\0 target\0 match\0"),
    ];

    private static readonly byte[][] s_jsonWords =
    [
        .. Words("{ } [ ] : , \" null true false 0 -1 1e999 18446744073709551616 \\u0000 \\ud800 \"schema\":1 \"schema\":2 \"id\" "
            + "\"name\" \"cniVersion\":\"1.1.0\" \"1.0.0\" \"0.4.0\" \"0.1.0\" "
            + "\"type\" \"ipam\" \"ranges\" \"subnet\" \"10.9.0.0/16\" \"gateway\" \"ips\" \"interfaces\" \"routes\" \"dst\" "
                + "\"prevResult\" \"portMappings\" \"hostPort\" \"annotations\" \"bridgenet.publish\" \"pid\" \"bundle\""),
    ];

    private static readonly byte[][] s_dockerWords =
    [
        .. s_jsonWords,
        .. Words("POST /NetworkDriver.Join HTTP/1.1 HTTP/1.0 \r\n \r\n\r\n Content-Length: 0 Connection: close Transfer-Encoding: chunked Host: "
            + "\"NetworkID\" \"EndpointID\" \"0123456789abcdef\" \"Options\" \"IPv4Data\" \"IPv6Data\" \"Pool\" \"Gateway\" \"AuxAddresses\" "
            + "\"com.docker.network.generic\" \"com.docker.network.internal\" \"com.docker.network.portmap\" \"Proto\":6 \"HostIP\" \"HostPort\" "
            + "\"HostPortEnd\" \"Port\":80 \"com.docker.network.driver.mtu\":\"auto\" \"com.docker.network.bridge.name\" "
            + "\"bridgenet.route\" \"bridgenet.publish-from\":\"10.0.0.0/8\" \"bridgenet.ingress-rate\":\"10m\""),
    ];

    private static readonly byte[][] s_netavarkWords =
    [
        .. s_jsonWords,
        .. Words("\"container_id\" \"container_name\" \"port_mappings\" \"host_ip\" \"host_port\" \"container_port\" \"range\" \"protocol\":\"tcp\" "
            + "\"networks\" \"network_info\" \"static_ips\" \"static_mac\" \"interface_name\" \"subnets\" \"options\" \"isolate\":\"strict\" "
            + "\"driver\":\"bridge\" \"network_interface\":\"br0\" \"ipam_options\" \"dns_servers\" \"10.9.0.1\" \"fd00::1\" "
            + "\"network\" \"used\" \"interfaces\" \"names\" \"subnet_pools\" \"base\" \"size\" \"lease_range\" \"routes\" \"labels\" "
            + "\"check_used_subnets\":true \"default_interface_name\":\"podman\""),
    ];

    private static readonly byte[][] s_textWords = [.. Words(
        "0 1 80 8080 65535 65536 : - / . [ ] :: ::1 127.0.0.1 0.0.0.0 255.255.255.255 fe80::1%eth0 /tcp /udp /sctp @ , 99999999999 -1 +1 %")];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new("rtnetlink", DecodeRoute, s_netlinkWords),
        new("nf_tables", DecodeTables, s_netlinkWords),
        new("conntrack", DecodeConntrack, s_netlinkWords),
        new("xtables", DecodeLegacy, s_netlinkWords),
        new("state", DecodeState, s_jsonWords),
        new("cni", DecodeCni, s_jsonWords),
        new("oci", DecodeOci, s_jsonWords),
        new("docker", DecodeDocker, s_dockerWords),
        new("netavark", DecodeNetavark, s_netavarkWords),
        new("ports", DecodePorts, s_textWords),
        new("cidr", DecodeAddresses, s_textWords),
        new("dns", DnsTarget.Decode, DnsTarget.Words),
    ];

    private static IEnumerable<byte[]> Words(string text) => text.Split(' ').Select(Encoding.UTF8.GetBytes);

    /// <summary>The trace takes any bytes and refuses none.</summary>
    private static void Trace(NetlinkProtocol protocol, ReadOnlySpan<byte> input)
    {
        _ = new DatagramText(protocol, isRequest: false, "fuzz").Decode(input);
        _ = new DatagramText(protocol, isRequest: true, "fuzz").Decode(input);
    }

    private static void DecodeRoute(ReadOnlySpan<byte> input)
    {
        Trace(NetlinkProtocol.Route, input);
        Each(input, ReadRoute);
    }

    private static object? ReadRoute(NetlinkMessage message)
    {
        Try(message, NetlinkEventCodec.ReadRoute);
        Try(message, static m => ExtendedAcknowledgement.Read(m));
        Try(message, static m => new Link(m));
        Try(message, static m => new LinkAddress(m));
        Try(message, static m => new IPRoute(m));
        Try(message, static m => new Neighbour(m));
        Try(message, static m => new Qdisc(m));
        Try(message, static m => new TrafficFilter(m));
        Try(message, static m => RequestDescription.Of(m));
        return null;
    }

    private static void DecodeTables(ReadOnlySpan<byte> input)
    {
        Trace(NetlinkProtocol.Netfilter, input);
        Each(input, ReadTables);
    }

    private static object? ReadTables(NetlinkMessage message)
    {
        Try(message, NetlinkEventCodec.ReadTables);
        Try(message, static m => NftTableCodec.Read(m));
        Try(message, static m => NftChainCodec.Read(m));
        Try(message, static m => NftRuleCodec.Read(m));
        Try(message, static m => NftSetCodec.Read(m));
        Try(message, static m => NftElementListCodec.Read(m));
        Try(message, static m => NftObjectCodec.Read(m));
        return null;
    }

    private static void DecodeConntrack(ReadOnlySpan<byte> input)
    {
        Trace(NetlinkProtocol.Netfilter, input);
        Each(input, static message => ConntrackCodec.Read(message));
    }

    /// <summary>The first byte says how much of the rest is the table's description.</summary>
    private static void DecodeLegacy(ReadOnlySpan<byte> input)
    {
        if (!input.IsEmpty)
        {
            int info = Math.Min(input[0], input.Length - 1);
            foreach (NftFamily family in (ReadOnlySpan<NftFamily>)[NftFamily.IPv4, NftFamily.IPv6])
            {
                Try(input, bytes => LegacyTableReader.Read(new NftTableId(family, "filter"), bytes.Slice(1, info), bytes[(1 + info)..]));
            }
        }
    }

    private static void DecodeState(ReadOnlySpan<byte> input)
    {
        Try(input, static bytes => RecordStore<NetworkState>.Parse("network", bytes, NetworkFields.All));
        Try(input, static bytes => RecordStore<EndpointState>.Parse("endpoint", bytes, EndpointFields.All));
    }

    private static void DecodeCni(ReadOnlySpan<byte> input)
    {
        byte[] copy = input.ToArray();
        try
        {
            CniConfiguration configuration = CniProgram.Parse(copy);
            if (configuration.PrevResult is { ValueKind: JsonValueKind.Object } previous
                && CniVersion.TryParse(configuration.CniVersion, out CniVersion version))
            {
                CniResult result = CniResultReader.Read(previous, version);
                using Utf8JsonWriter writer = new(Stream.Null, CniResultWriter.Style);
                CniResultWriter.Write(writer, result, version);
            }
        }
        catch (CniException)
        {
            // refused as it is to be
        }
    }

    private static void DecodeOci(ReadOnlySpan<byte> input)
    {
        using MemoryStream stream = new(input.ToArray());
        try
        {
            OciState state = OciState.Read(stream);
            _ = OciAnnotations.NamespaceOf(state.Annotations);
            _ = OciAnnotations.ToWords(
                state.Annotations, new Dictionary<string, bool>(StringComparer.Ordinal) { ["publish"] = true, ["name"] = false });
        }
        catch (ConfigurationException)
        {
            // refused as it is to be
        }
    }

    private static void DecodeNetavark(ReadOnlySpan<byte> input)
    {
        NetavarkPlugins plugins = new([], new NoPlugins());
        try
        {
            NetavarkChecks.Check(NetavarkRequestReader.Read(input), plugins);
        }
        catch (NetavarkException)
        {
            // refused as it is to be
        }
        try
        {
            _ = new NetavarkCreation(NetavarkCreateRequest.Read(input), plugins, static () => new HashSet<string>(StringComparer.Ordinal)).Run();
        }
        catch (NetavarkException)
        {
            // refused as it is to be
        }
    }

    private static void DecodeDocker(ReadOnlySpan<byte> input)
    {
        byte[] text = input.ToArray();
        foreach (Action read in (Action[])
        [
            () => _ = HttpHead.Parse(text),
            () => ReadDocker(text, request => DockerPortMap.Read(request.Options)),
            () => ReadDocker(text, DockerNetworkRequest.Read),
            () => ReadDocker(text, request => EndpointSettings.Read(NetworkDefinition.Docker0, request.Options)),
            () => ReadDocker(text, request => request.Endpoint),
        ])
        {
            try
            {
                read();
            }
            catch (FormatException)
            {
                // refused as it is to be
            }
        }
    }

    private static void ReadDocker(byte[] text, Func<PluginRequest, object> read)
    {
        using PluginRequest request = new(text);
        _ = read(request);
    }

    /// <summary>What is understood is written so that it is understood again.</summary>
    private static void DecodePorts(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (PortSpec.TryParse(text, null, out PortSpec? spec) && !PortSpec.Parse(spec.ToString()).Equals(spec))
        {
            throw new InvalidOperationException($"{text} is {spec}, which is another");
        }
    }

    private static void DecodeAddresses(ReadOnlySpan<byte> input)
    {
        string text = Encoding.UTF8.GetString(input);
        RoundTrip<InterfaceAddress>(text);
        RoundTrip<MacAddress>(text);
        RoundTrip<InterfaceName>(text);
        try
        {
            _ = text.Length == 0 ? null : SubnetDefinition.Parse(text); // nothing at all is the caller's mistake
        }
        catch (Exception error) when (error is FormatException or ConfigurationException)
        {
            // refused as it is to be
        }
    }

    private static void RoundTrip<T>(string text)
        where T : IParsable<T>
    {
        if (T.TryParse(text, null, out T? value) && !T.Parse(value.ToString()!, null).Equals(value))
        {
            throw new InvalidOperationException($"{text} is {value}, which is another {typeof(T).Name}");
        }
    }

    private static void Each(ReadOnlySpan<byte> input, Reader<NetlinkMessage> read)
    {
        try
        {
            foreach (NetlinkMessage message in new NetlinkDatagram(input))
            {
                Try(message, read);
            }
        }
        catch (NetlinkFormatException)
        {
            // refused as it is to be
        }
    }

    private static void Try<T>(T input, Reader<T> read)
        where T : allows ref struct
    {
        try
        {
            _ = read(input);
        }
        catch (Exception error) when (error is NetlinkFormatException or StateException)
        {
            // refused as it is to be
        }
    }

    private delegate object? Reader<in T>(T input)
        where T : allows ref struct;

    private sealed class NoPlugins : IPluginRunner
    {
        public int Run(
            string path,
            IReadOnlyList<string> arguments,
            IReadOnlyDictionary<string, string> variables,
            ReadOnlyMemory<byte> input,
            out byte[] output) =>
            throw new IOException($"{path} is not to be started");
    }
}
