using System.Text.Json;

namespace BridgeNet.State;

/// <summary>A network's record as JSON.</summary>
internal sealed class NetworkRecordCodec : IRecordCodec<NetworkRecord>
{
    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, NetworkRecord record)
    {
        writer.WriteStartObject();
        writer.WriteNumber("schema"u8, record.Schema);
        writer.WriteString("name"u8, record.Name);
        writer.WriteString("id"u8, record.Id);
        writer.WriteString("device"u8, record.Device);
        writer.WriteBoolean("adopted"u8, record.Adopted);
        writer.WriteBoolean("adoptedUp"u8, record.AdoptedUp);
        writer.WriteBoolean("adoptedRouteLocalnet"u8, record.AdoptedRouteLocalnet);
        WriteAll(writer, "subnets"u8, record.Subnets);
        writer.WriteBoolean("iPv4"u8, record.IPv4);
        writer.WriteBoolean("iPv6"u8, record.IPv6);
        writer.WriteBoolean("internal"u8, record.Internal);
        writer.WriteBoolean("quiet"u8, record.Quiet);
        writer.WriteBoolean("noMasquerade"u8, record.NoMasquerade);
        writer.WriteString("iPv4Mode"u8, record.IPv4Mode);
        writer.WriteString("iPv6Mode"u8, record.IPv6Mode);
        writer.WriteBoolean("inhibitIPv4"u8, record.InhibitIPv4);
        writer.WriteOptional("iPv4Source"u8, record.IPv4Source);
        writer.WriteOptional("iPv6Source"u8, record.IPv6Source);
        writer.WriteOptional("hostBinding"u8, record.HostBinding);
        writer.WriteOptional("trustedInterfaces"u8, record.TrustedInterfaces);
        writer.WriteOptional("mtu"u8, record.Mtu);
        writer.WriteBoolean("mtuFollows"u8, record.MtuFollows);
        writer.WriteOptional("interfacePrefix"u8, record.InterfacePrefix);
        writer.WriteOptional("announcements"u8, record.Announcements);
        writer.WriteOptional("announcementInterval"u8, record.AnnouncementInterval);
        writer.WriteOptional("labels"u8, record.Labels);
        writer.WriteBoolean("allowForeignForward"u8, record.AllowForeignForward);
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public NetworkRecord Read(ref Utf8JsonReader reader)
    {
        int schema = RecordSchema.Current;
        string? name = null;
        string? id = null;
        string? device = null;
        bool adopted = false;
        bool adoptedUp = false;
        bool adoptedRouteLocalnet = false;
        List<SubnetRecord>? subnets = null;
        bool iPv4 = false;
        bool iPv6 = false;
        bool @internal = false;
        bool quiet = false;
        bool noMasquerade = false;
        string? iPv4Mode = null;
        string? iPv6Mode = null;
        bool inhibitIPv4 = false;
        string? iPv4Source = null;
        string? iPv6Source = null;
        string? hostBinding = null;
        List<string>? trustedInterfaces = null;
        int? mtu = null;
        bool mtuFollows = false;
        string? interfacePrefix = null;
        int? announcements = null;
        int? announcementInterval = null;
        Dictionary<string, string>? labels = null;
        bool allowForeignForward = false;
        RecordJson.BeginObject(ref reader);
        while (RecordJson.TryNextMember(ref reader))
        {
            if (reader.ValueTextEquals("schema"u8))
            {
                schema = RecordJson.Int32(ref reader);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("device"u8))
            {
                device = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("adopted"u8))
            {
                adopted = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("adoptedUp"u8))
            {
                adoptedUp = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("adoptedRouteLocalnet"u8))
            {
                adoptedRouteLocalnet = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("subnets"u8))
            {
                subnets = RecordJson.OptionalList(ref reader, ReadSubnet);
            }
            else if (reader.ValueTextEquals("iPv4"u8))
            {
                iPv4 = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("iPv6"u8))
            {
                iPv6 = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("internal"u8))
            {
                @internal = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("quiet"u8))
            {
                quiet = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("noMasquerade"u8))
            {
                noMasquerade = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("iPv4Mode"u8))
            {
                iPv4Mode = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("iPv6Mode"u8))
            {
                iPv6Mode = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("inhibitIPv4"u8))
            {
                inhibitIPv4 = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("iPv4Source"u8))
            {
                iPv4Source = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("iPv6Source"u8))
            {
                iPv6Source = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("hostBinding"u8))
            {
                hostBinding = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("trustedInterfaces"u8))
            {
                trustedInterfaces = RecordJson.OptionalTexts(ref reader);
            }
            else if (reader.ValueTextEquals("mtu"u8))
            {
                mtu = RecordJson.OptionalInt32(ref reader);
            }
            else if (reader.ValueTextEquals("mtuFollows"u8))
            {
                mtuFollows = RecordJson.Boolean(ref reader);
            }
            else if (reader.ValueTextEquals("interfacePrefix"u8))
            {
                interfacePrefix = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("announcements"u8))
            {
                announcements = RecordJson.OptionalInt32(ref reader);
            }
            else if (reader.ValueTextEquals("announcementInterval"u8))
            {
                announcementInterval = RecordJson.OptionalInt32(ref reader);
            }
            else if (reader.ValueTextEquals("labels"u8))
            {
                labels = RecordJson.OptionalPairs(ref reader);
            }
            else if (reader.ValueTextEquals("allowForeignForward"u8))
            {
                allowForeignForward = RecordJson.Boolean(ref reader);
            }
            else
            {
                throw RecordJson.Unknown(ref reader);
            }
        }
        return new NetworkRecord
        {
            Schema = schema,
            Name = RecordJson.Required(name, "name"),
            Id = RecordJson.Required(id, "id"),
            Device = RecordJson.Required(device, "device"),
            Adopted = adopted,
            AdoptedUp = adoptedUp,
            AdoptedRouteLocalnet = adoptedRouteLocalnet,
            Subnets = RecordJson.Required(subnets, "subnets"),
            IPv4 = iPv4,
            IPv6 = iPv6,
            Internal = @internal,
            Quiet = quiet,
            NoMasquerade = noMasquerade,
            IPv4Mode = RecordJson.Required(iPv4Mode, "iPv4Mode"),
            IPv6Mode = RecordJson.Required(iPv6Mode, "iPv6Mode"),
            InhibitIPv4 = inhibitIPv4,
            IPv4Source = iPv4Source,
            IPv6Source = iPv6Source,
            HostBinding = hostBinding,
            TrustedInterfaces = trustedInterfaces,
            Mtu = mtu,
            MtuFollows = mtuFollows,
            InterfacePrefix = interfacePrefix,
            Announcements = announcements,
            AnnouncementInterval = announcementInterval,
            Labels = labels,
            AllowForeignForward = allowForeignForward,
        };
    }

    private static void WriteAll(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<SubnetRecord> records)
    {
        writer.WriteStartArray(name);
        foreach (SubnetRecord record in records)
        {
            writer.WriteStartObject();
            writer.WriteString("subnet"u8, record.Subnet);
            writer.WriteOptional("gateway"u8, record.Gateway);
            writer.WriteOptional("nextHop"u8, record.NextHop);
            writer.WriteOptional("range"u8, record.Range);
            writer.WriteOptional("auxiliary"u8, record.Auxiliary);
            writer.WriteBoolean("wasThere"u8, record.WasThere);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static SubnetRecord ReadSubnet(ref Utf8JsonReader reader)
    {
        RecordJson.Expect(ref reader, JsonTokenType.StartObject);
        string? subnet = null;
        string? gateway = null;
        string? nextHop = null;
        string? range = null;
        Dictionary<string, string>? auxiliary = null;
        bool wasThere = false;
        while (RecordJson.TryNextMember(ref reader))
        {
            if (reader.ValueTextEquals("subnet"u8))
            {
                subnet = RecordJson.Text(ref reader);
            }
            else if (reader.ValueTextEquals("gateway"u8))
            {
                gateway = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("nextHop"u8))
            {
                nextHop = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("range"u8))
            {
                range = RecordJson.OptionalText(ref reader);
            }
            else if (reader.ValueTextEquals("auxiliary"u8))
            {
                auxiliary = RecordJson.OptionalPairs(ref reader);
            }
            else if (reader.ValueTextEquals("wasThere"u8))
            {
                wasThere = RecordJson.Boolean(ref reader);
            }
            else
            {
                throw RecordJson.Unknown(ref reader);
            }
        }
        return new SubnetRecord
        {
            Subnet = RecordJson.Required(subnet, "subnet"),
            Gateway = gateway,
            NextHop = nextHop,
            Range = range,
            Auxiliary = auxiliary,
            WasThere = wasThere,
        };
    }
}
