using System.Text.Json;

namespace BridgeNet.State;

/// <summary>An endpoint's record as JSON.</summary>
internal sealed class EndpointRecordCodec : IRecordCodec<EndpointRecord>
{
    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, EndpointRecord record)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schema"u8, record.Schema);
        writer.WriteString("id"u8, record.Id);
        writer.WriteString("name"u8, record.Name);
        writer.WriteString("network"u8, record.Network);
        writer.WriteOptional("owner"u8, record.Owner);
        writer.WriteString("sandbox"u8, record.Sandbox);
        writer.WriteString("sandboxIdentity"u8, record.SandboxIdentity);
        writer.WriteString("interfaceName"u8, record.InterfaceName);
        writer.WriteString("hostInterface"u8, record.HostInterface);
        writer.WriteString("macAddress"u8, record.MacAddress);
        writer.WriteOptional("addresses"u8, record.Addresses);
        writer.WriteOptional("gateways"u8, record.Gateways);
        writer.WriteOptional("linkLocalAddresses"u8, record.LinkLocalAddresses);
        WriteAll(writer, "routes"u8, record.Routes);
        writer.WriteOptional("sysctls"u8, record.Sysctls);
        writer.WriteNumber("gatewayPriority"u8, record.GatewayPriority);
        writer.WriteBoolean("unwatched"u8, record.Unwatched);
        writer.WriteOptional("ingressRate"u8, record.IngressRate);
        writer.WriteOptional("ingressBurst"u8, record.IngressBurst);
        writer.WriteOptional("egressRate"u8, record.EgressRate);
        writer.WriteOptional("egressBurst"u8, record.EgressBurst);
        WriteAll(writer, "ports"u8, record.Ports);
        writer.WriteBoolean("portsInDoubt"u8, record.PortsInDoubt);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public EndpointRecord Read(ref Utf8JsonReader reader)
    {
        int schema = RecordSchema.Current;
        string? id = null;
        string? name = null;
        string? network = null;
        string? owner = null;
        string? sandbox = null;
        string? sandboxIdentity = null;
        string? interfaceName = null;
        string? hostInterface = null;
        string? macAddress = null;
        List<string>? addresses = null;
        List<string>? gateways = null;
        List<string>? linkLocalAddresses = null;
        List<RouteRecord>? routes = null;
        Dictionary<string, string>? sysctls = null;
        int gatewayPriority = 0;
        bool unwatched = false;
        long? ingressRate = null;
        long? ingressBurst = null;
        long? egressRate = null;
        long? egressBurst = null;
        List<PortRecord>? ports = null;
        bool portsInDoubt = false;
        RecordJson.BeginObject(ref reader);
        while (RecordJson.TryNextMember(ref reader))
        {
            if (reader.ValueTextEquals("schema"u8))
            {
                schema = RecordJson.Int32(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("network"u8))
            {
                network = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("owner"u8))
            {
                owner = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("sandbox"u8))
            {
                sandbox = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("sandboxIdentity"u8))
            {
                sandboxIdentity = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("interfaceName"u8))
            {
                interfaceName = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("hostInterface"u8))
            {
                hostInterface = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("macAddress"u8))
            {
                macAddress = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("addresses"u8))
            {
                addresses = RecordJson.OptionalTexts(ref reader);
            }
            else if (reader.ValueTextEquals("gateways"u8))
            {
                gateways = RecordJson.OptionalTexts(ref reader);
            }
            else if (reader.ValueTextEquals("linkLocalAddresses"u8))
            {
                linkLocalAddresses = RecordJson.OptionalTexts(ref reader);
            }
            else if (reader.ValueTextEquals("routes"u8))
            {
                routes = RecordJson.OptionalList(ref reader, ReadRoute);
            }
            else if (reader.ValueTextEquals("sysctls"u8))
            {
                sysctls = RecordJson.OptionalPairs(ref reader);
            }
            else if (reader.ValueTextEquals("gatewayPriority"u8))
            {
                gatewayPriority = RecordJson.Int32(ref reader);
            }
            else if (reader.ValueTextEquals("unwatched"u8))
            {
                unwatched = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("ingressRate"u8))
            {
                ingressRate = RecordJson.OptionalInt64(ref reader);
            }
            else if (reader.ValueTextEquals("ingressBurst"u8))
            {
                ingressBurst = RecordJson.OptionalInt64(ref reader);
            }
            else if (reader.ValueTextEquals("egressRate"u8))
            {
                egressRate = RecordJson.OptionalInt64(ref reader);
            }
            else if (reader.ValueTextEquals("egressBurst"u8))
            {
                egressBurst = RecordJson.OptionalInt64(ref reader);
            }
            else if (reader.ValueTextEquals("ports"u8))
            {
                ports = RecordJson.OptionalList(ref reader, ReadPort);
            }
            else if (reader.ValueTextEquals("portsInDoubt"u8))
            {
                portsInDoubt = RecordJson.Boolean(ref reader);
            }
            else
            {
                throw RecordJson.Unknown(ref reader);
            }
        }
        return new EndpointRecord
        {
            Schema = schema,
            Id = RecordJson.Required(id, "id"),
            Name = RecordJson.Required(name, "name"),
            Network = RecordJson.Required(network, "network"),
            Owner = owner,
            Sandbox = RecordJson.Required(sandbox, "sandbox"),
            SandboxIdentity = RecordJson.Required(sandboxIdentity, "sandboxIdentity"),
            InterfaceName = RecordJson.Required(interfaceName, "interfaceName"),
            HostInterface = RecordJson.Required(hostInterface, "hostInterface"),
            MacAddress = RecordJson.Required(macAddress, "macAddress"),
            Addresses = RecordJson.Required(addresses, "addresses"),
            Gateways = RecordJson.Required(gateways, "gateways"),
            LinkLocalAddresses = linkLocalAddresses,
            Routes = routes,
            Sysctls = sysctls,
            GatewayPriority = gatewayPriority,
            Unwatched = unwatched,
            IngressRate = ingressRate,
            IngressBurst = ingressBurst,
            EgressRate = egressRate,
            EgressBurst = egressBurst,
            Ports = RecordJson.Required(ports, "ports"),
            PortsInDoubt = portsInDoubt,
        };
    }

    private static void WriteAll(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<RouteRecord>? records)
    {
        if (records is null)
        {
            return;
        }
        writer.WriteStartArray(name);
        foreach (RouteRecord record in records)
        {
            writer.WriteStartObject();
            writer.WriteString("destination"u8, record.Destination);
            writer.WriteOptional("nextHop"u8, record.NextHop);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static RouteRecord ReadRoute(ref Utf8JsonReader reader)
    {
        RecordJson.Expect(ref reader, JsonTokenType.StartObject);
        string? destination = null;
        string? nextHop = null;
        while (RecordJson.TryNextMember(ref reader))
        {
            if (reader.ValueTextEquals("destination"u8))
            {
                destination = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("nextHop"u8))
            {
                nextHop = RecordJson.OptionalText(ref reader);
            }
            else
            {
                throw RecordJson.Unknown(ref reader);
            }
        }
        return new RouteRecord(RecordJson.Required(destination, "destination"), nextHop);
    }

    private static void WriteAll(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<PortRecord> records)
    {
        writer.WriteStartArray(name);
        foreach (PortRecord record in records)
        {
            writer.WriteStartObject();
            writer.WriteString("hostAddress"u8, record.HostAddress);
            writer.WriteNumber("hostPort"u8, record.HostPort);
            writer.WriteNumber("containerPort"u8, record.ContainerPort);
            writer.WriteString("protocol"u8, record.Protocol);
            writer.WriteOptional("sources"u8, record.Sources);
            writer.WriteOptional("count"u8, record.Count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static PortRecord ReadPort(ref Utf8JsonReader reader)
    {
        RecordJson.Expect(ref reader, JsonTokenType.StartObject);
        string? hostAddress = null;
        int hostPort = 0;
        int containerPort = 0;
        string? protocol = null;
        List<string>? sources = null;
        int? count = null;
        while (RecordJson.TryNextMember(ref reader))
        {
            if (reader.ValueTextEquals("hostAddress"u8))
            {
                hostAddress = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("hostPort"u8))
            {
                hostPort = RecordJson.Int32(ref reader);
            }
            else if (reader.ValueTextEquals("containerPort"u8))
            {
                containerPort = RecordJson.Int32(ref reader);
            }
            else if (reader.ValueTextEquals("protocol"u8))
            {
                protocol = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("sources"u8))
            {
                sources = RecordJson.OptionalTexts(ref reader);
            }
            else if (reader.ValueTextEquals("count"u8))
            {
                count = RecordJson.OptionalInt32(ref reader);
            }
            else
            {
                throw RecordJson.Unknown(ref reader);
            }
        }
        return new PortRecord(RecordJson.Required(hostAddress, "hostAddress"), hostPort, containerPort, RecordJson.Required(protocol, "protocol"), sources, count);
    }
}
